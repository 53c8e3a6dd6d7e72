import type { ChartTable } from '../../../viz/table.ts'
import { type Share, wilson } from './state/accuracy.ts'
import { t } from './words/words.ts'

/** Measured conditions as numbers. */
export function accuracyTable(rows: readonly (Share & { name: string })[]): ChartTable {
  return {
    columns: [t('accuracy.condition'), t('accuracy.right'), t('accuracy.of'), t('accuracy.low'), t('accuracy.high')],
    rows: rows.map(({ name, right, of }) => [name, right, of, ...wilson({ right, of })]),
  }
}
