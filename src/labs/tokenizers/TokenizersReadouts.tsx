import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { MEASURES, shortened } from './reasons.ts'
import type { TokenizersLab } from './state/lab.ts'
import { isGood, type TokenizersRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Of the words that are predicted, so many are shown here; the tool shows all. */
const SHOWN = 2

export interface TokenizersReadoutsProps {
  lab: TokenizersLab
  run: TokenizersRun
}

/** The columns in numbers, and what the text model expects under the first unknown words. */
export function TokenizersReadouts({ lab, run }: TokenizersReadoutsProps) {
  const { look } = useLab(lab.store)
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      <table className="table tokenizers-table" data-testid="measures">
        <caption className="sr-only">{t('readouts.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t('readouts.column')}</span>
            </th>
            {MEASURES.map(({ id }) => (
              <th key={id} scope="col" title={t(`measure.${id}`)}>
                {t(`measure.${id}.short`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.columns.map((column, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <tr key={place} data-chosen={place === look.column || undefined}>
              <th scope="row">{column.name}</th>
              {MEASURES.map(({ id, of }) => (
                <td key={id} className="mono">
                  {isGood(column) ? of(column.reading.totals) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {run.predictions.slice(0, SHOWN).map(({ start, end, best }) => (
        <ProbabilityBars
          key={start}
          title={t('under.word', { word: shortened(run.doc.text.slice(start, end)) })}
          top={3}
          items={best.slice(0, 3).map(({ label, probability }) => ({ label, probability }))}
        />
      ))}
      <p className="hint" data-testid="under-says">
        {run.predictions.length === 0
          ? t('under.none')
          : t('under.how', { count: run.predictions.length, shown: Math.min(SHOWN, run.predictions.length) })}
      </p>
    </Panel>
  )
}
