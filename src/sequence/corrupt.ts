/** Masked language modelling: which tokens to predict, and how the model gets to see them. */

import { uniform } from '../core/random.ts'
import { sample, share } from './draw.ts'
import { replace } from './edit.ts'
import { active, type Entry, entryOf, isContent, type Sequence, type Token } from './token.ts'

/** The keys of tokens that are chosen together: one piece, the pieces of a word, or the words of a span. */
export type Unit = readonly number[]

/** The active content tokens, one by one: what BERT's masking chooses from. */
export function pieceUnits(sequence: Sequence): Unit[] {
  return active(sequence)
    .filter(isContent)
    .map((token) => [token.key])
}

/** The active content tokens by words; `continues` says whether a piece belongs to the word before it (`##ing`). */
export function wordUnits(sequence: Sequence, continues: (token: Token) => boolean): Unit[] {
  const units: number[][] = []
  let open = false // whether the next token can continue the last word
  for (const token of active(sequence)) {
    const last = units.at(-1)
    if (!isContent(token)) open = false
    else if (open && last && continues(token)) last.push(token.key)
    else {
      units.push([token.key])
      open = true
    }
  }
  return units
}

/**
 * Draws units until `ratio` of all their tokens is reached, at least one token; a unit that would exceed it is passed over
 * (BERT's `create_masked_lm_predictions`; Devlin et al. 2019, §3.1, with ratio 0.15).
 * @returns in the order of `units`
 */
export function drawUnits(units: readonly Unit[], ratio: number, seed: number): Unit[] {
  const budget = tokenBudget(units, ratio)
  let spent = 0
  const drawn = sample(units.length, units.length, uniform(seed)).filter((u) => {
    const { length } = units[u] as Unit
    if (spent + length > budget) return false
    spent += length
    return true
  })
  return drawn.sort((a, b) => a - b).map((u) => units[u] as Unit)
}

const SPAN_P = 0.2
const LONGEST_SPAN = 10

/**
 * Draws spans of neighbouring units until `ratio` of all their tokens is reached: lengths from the geometric distribution
 * with p = 0.2 cut at 10, mean 3.8, starts uniform (SpanBERT, Joshi et al. 2020, §3.1). A span ends early at a special
 * token, at another span and at the budget.
 * @param units in the order of the sequence
 * @returns each span as one unit, in order
 */
export function drawSpans(sequence: Sequence, units: readonly Unit[], ratio: number, seed: number): Unit[] {
  const rows = new Map(active(sequence).map((token, row) => [token.key, row]))
  const isNext = (before: Unit, unit: Unit) =>
    rows.get(unit[0] as number) === (rows.get(before.at(-1) as number) as number) + 1
  const next = uniform(seed)
  let left = tokenBudget(units, ratio)
  const taken = new Set<number>()
  const spans: { start: number; keys: number[] }[] = []
  for (const start of sample(units.length, units.length, next)) {
    const end = start + spanLength(next())
    const keys: number[] = []
    for (let u = start; u < end && u < units.length; u++) {
      const unit = units[u] as Unit
      if (taken.has(u) || unit.length > left || (u > start && !isNext(units[u - 1] as Unit, unit))) break
      taken.add(u)
      keys.push(...unit)
      left -= unit.length
    }
    if (keys.length > 0) spans.push({ start, keys })
  }
  return spans.sort((a, b) => a.start - b.start).map(({ keys }) => keys)
}

/** Keeps the fates of tokens independent of a draw of them by the same seed. */
const OTHER_STREAM = 0x5bd1e995

/** What is to be predicted at a token, and what the model sees there instead. */
export interface Target {
  key: number
  original: Entry
  seen: 'mask' | 'random' | 'same'
}

/**
 * The 80/10/10 rule: of the chosen units 80 % become [MASK], 10 % random words, 10 % stay as they are; all must be
 * predicted (Devlin et al. 2019, §3.1). One draw decides for a whole unit, as in SpanBERT.
 * @param randomWord a word of the vocabulary for a uniform number in [0, 1)
 */
export function corrupt(
  sequence: Sequence,
  units: readonly Unit[],
  options: { mask: Entry; randomWord: (u: number) => Entry; seed: number },
): { sequence: Sequence; targets: Target[] } {
  const tokens = new Map(sequence.tokens.map((token) => [token.key, token]))
  const next = uniform(options.seed ^ OTHER_STREAM)
  const targets: Target[] = []
  let corrupted = sequence
  for (const unit of units) {
    const u = next()
    const seen = u < 0.8 ? 'mask' : u < 0.9 ? 'random' : 'same'
    for (const key of unit) {
      const token = tokens.get(key)
      if (!token) continue
      // A token that stays is replaced by itself: it remembers its original, which marks it as one to predict.
      const entry = { mask: () => options.mask, random: () => options.randomWord(next()), same: () => entryOf(token) }
      corrupted = replace(corrupted, [key], entry[seen]())
      targets.push({ key, original: token.original ?? entryOf(token), seen })
    }
  }
  return { sequence: corrupted, targets }
}

function tokenBudget(units: readonly Unit[], ratio: number): number {
  const total = units.reduce((sum, unit) => sum + unit.length, 0)
  return ratio === 0 ? 0 : Math.max(1, share(total, ratio))
}

/** Inverse of the geometric distribution function, cut at the longest span and scaled to 1. */
function spanLength(u: number): number {
  const reach = 1 - (1 - SPAN_P) ** LONGEST_SPAN
  return 1 + Math.floor(Math.log(1 - u * reach) / Math.log(1 - SPAN_P))
}
