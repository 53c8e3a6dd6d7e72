import type { Readout } from '../../state/readouts.ts'
import { NumberReadout } from './NumberReadout.tsx'
import { ProbabilityBars } from './ProbabilityBars.tsx'

export interface ClassReadoutProps {
  title: string
  answer: Pick<Readout, 'scoring' | 'scores' | 'names'>
  /** The same answer before the last edit. */
  before?: Pick<Readout, 'scores'>
  /** How many classes of a distribution are shown. */
  top?: number
}

/** What a head over classes answers, drawn as what its scores are: a distribution, probabilities by themselves, or numbers. */
export function ClassReadout({ title, answer: { scoring, scores, names }, before, top }: ClassReadoutProps) {
  const items = names.map((label, k) => ({ label, score: scores[k] as number, before: before?.scores[k] }))
  if (scoring === 'none') return <NumberReadout title={title} items={items} />
  return (
    <ProbabilityBars
      title={title}
      items={items.map(({ score, ...item }) => ({ ...item, probability: score }))}
      top={top}
      each={scoring === 'sigmoid'}
    />
  )
}
