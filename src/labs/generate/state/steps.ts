/** The text as steps: what the model thought of every token when only those before it were there. Pure. */

import { uniformAt } from '../../../core/random.ts'
import type { Token } from '../../../sequence/token.ts'
import { factsOf, logProbability, rank } from './next_facts.ts'
import { tokenAfter } from './next_token.ts'
import type { GenerateRun } from './run.ts'

export interface Step {
  /** Of the token. */
  row: number
  token: Token
  /** The place among what was written; null: of the prompt. */
  place: number | null
  /** Of its draw; null: it was chosen, or typed. */
  seed: number | null
  u: number | null
  /** ln p by the model, before anything is done to it; NaN for a token that the vocabulary lacks. */
  logProbability: number
  /** 1: it was the most probable one. */
  rank: number
  /** Of the distribution it came from, in bits. */
  entropy: number
  /** The probability that the text would have ended here; NaN: the vocabulary has no EOS. */
  end: number
}

/** Of every token but the first, which nothing stands before. */
export function stepsOf(run: GenerateRun, eos: number | undefined): Step[] {
  return run.tokens.slice(1).map((token, i): Step => {
    const logits = run.next[i] as Float32Array
    const id = token.start ? -1 : (token.id ?? -1)
    const place = token.origin.type === 'written' ? token.origin.place : null
    const seed = place === null ? null : (run.doc.written[place]?.seed ?? null)
    return {
      row: i + 1,
      token,
      place,
      seed,
      u: seed === null || place === null ? null : uniformAt(seed, place),
      logProbability: logProbability(logits, id),
      rank: id < 0 ? Number.NaN : rank(logits, id),
      entropy: factsOf(logits).entropy,
      end: eos === undefined ? Number.NaN : Math.exp(logProbability(logits, eos)),
    }
  })
}

export interface Told {
  /** Σ ln p of what was written. */
  logProbability: number
  /** Of what was written: 2 to the mean bits a token. */
  perplexity: number
}

export function toldOf(steps: readonly Step[]): Told | null {
  const written = steps.filter(({ place }) => place !== null)
  if (written.length === 0) return null
  const sum = written.reduce((total, step) => total + step.logProbability, 0)
  return { logProbability: sum, perplexity: Math.exp(-sum / written.length) }
}

/** The draw of a step by the settings of today: where they were others, another token may come out. */
export function drawOfStep(run: GenerateRun, { row, place, seed }: Step) {
  if (seed === null || place === null) return null
  return tokenAfter(run, row - 1, run.doc.sampling, { seed, place })
}
