/** How often a text model finds what hides under the unknown words of text that nobody trained on. */

import type { Step } from '../../../state/job.ts'
import type { HeldUnknown } from '../../../tokenizers/measure.ts'
import { predictUnder, type Reader } from './under.ts'

export interface HeldLine {
  word: string
  /** Of the hidden word among all of the model's tokens; null where it is no single token, and cannot be found. */
  rank: number | null
  best: string[]
}

export interface HeldScore {
  asked: number
  /** Of these the ones that are one token of the model. */
  judged: number
  amongFive: number
  first: number
  lines: HeldLine[]
}

const AMONG = 5

/** Each word hidden by itself, in its own line. */
export async function scoreHeld(
  reader: Reader,
  unknowns: readonly HeldUnknown[],
  step: Step<HeldScore>,
): Promise<HeldScore> {
  const lines: HeldLine[] = []
  for (const { line, start, end } of unknowns) {
    const { predictions } = await predictUnder(reader, line, [{ start, end }])
    const [prediction] = predictions
    if (prediction) {
      lines.push({
        word: line.slice(start, end),
        rank: prediction.original?.rank ?? null,
        best: prediction.best.slice(0, AMONG).map(({ label }) => label),
      })
    }
    if (!step(lines.length, unknowns.length, scoreOf(lines))) break
  }
  return scoreOf(lines)
}

function scoreOf(lines: readonly HeldLine[]): HeldScore {
  const ranks = lines.flatMap(({ rank }) => rank ?? [])
  return {
    asked: lines.length,
    judged: ranks.length,
    amongFive: ranks.filter((rank) => rank <= AMONG).length,
    first: ranks.filter((rank) => rank === 1).length,
    lines: [...lines],
  }
}
