/** The samples in words. */

import type { Sample } from './state/market.ts'
import { t } from './words/words.ts'

const KNOWN = [
  '1995-06-15',
  '2005-07-05',
  '2008-09-12',
  '2008-10-24',
  '2011-08-05',
  '2017-10-10',
  '2020-02-21',
  '2020-03-18',
] as const

/** "2008-09-12: before Lehman". */
export function sampleName({ day }: Pick<Sample, 'day'>): string {
  const known = KNOWN.find((one) => one === day)
  return known ? `${day}: ${t(`sample.${known}`)}` : day
}
