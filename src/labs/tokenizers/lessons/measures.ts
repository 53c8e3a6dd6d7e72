/** What lessons measure in the tokenizers lab: what each column makes of the sentence, and what a training chose. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { KINDS } from '../../../tokenizers/recipe.ts'
import type { MergeStep } from '../../../tokenizers/trainers/pairs.ts'
import type { TokenizersState } from '../state/lab.ts'
import { type GoodColumn, isGood } from '../state/run.ts'

const nothing = z.strictObject({})
/** A column by its place, from 1. */
const column = z.int().min(1).max(4)
const ofColumn = z.strictObject({ column })
/** A merge of the kind's training, from 1; absent: the one on screen. */
const ofMerge = z.strictObject({ kind: z.enum(KINDS), step: z.int().min(1).optional() })

const measures: Measures<TokenizersState> = {
  /** The open tool; '' where none is. */
  tool: measure(nothing, ({ look }) => look.tool),
  /** The sentence, and how large the vocabularies of our own columns were asked to be. */
  text: measure(nothing, ({ run }) => run?.doc.text ?? null),
  size: measure(nothing, ({ run }) => run?.trained.recipe.vocabularySize ?? null),
  /** Whether what no piece covers becomes bytes, and whether a typed special token is one. */
  bytes: measure(nothing, ({ run }) => run?.trained.recipe.byteFallback ?? null),
  parses: measure(nothing, ({ run }) => run?.doc.parsesSpecials ?? null),
  vocabulary: measure(ofColumn, (state, { column }) => goodColumn(state, column)?.info.vocabulary ?? null),
  letters: measure(ofColumn, (state, { column }) => goodColumn(state, column)?.reading.totals.letters ?? null),
  words: measure(ofColumn, (state, { column }) => goodColumn(state, column)?.reading.totals.words ?? null),
  pieces: measure(ofColumn, (state, { column }) => goodColumn(state, column)?.reading.totals.pieces ?? null),
  /** Pieces that are [UNK]. */
  unknown: measure(ofColumn, (state, { column }) => goodColumn(state, column)?.reading.totals.unknown ?? null),
  /** Pieces that are other special tokens. */
  special: measure(ofColumn, (state, { column }) => {
    const words = goodColumn(state, column)?.reading.words
    return words?.flatMap(({ pieces }) => pieces).filter(({ special, unknown }) => special && !unknown).length ?? null
  }),
  /** A word (from 1) as its pieces. */
  cut: measure(z.strictObject({ column, word: z.int().min(1) }), (state, { column, word }) => {
    const found = goodColumn(state, column)?.reading.words[word - 1]
    return found?.pieces.map(({ label }) => label).join(' · ') ?? null
  }),
  /** Whether the ids give the text again. */
  exact: measure(ofColumn, (state, { column }) => {
    const good = goodColumn(state, column)
    return good ? good.reading.difference === null : null
  }),
  /** The step of a training on screen. */
  step: measure(nothing, ({ look }) => look.step + 1),
  merged: measure(ofMerge, (state, given) => mergeOf(state, given)?.merged ?? null),
  /** How often the pair stood in the corpus. */
  times: measure(ofMerge, (state, given) => mergeOf(state, given)?.count ?? null),
  /** Pieces of the corpus after the merge. */
  left: measure(ofMerge, (state, given) => mergeOf(state, given)?.tokens ?? null),
}

export default measures

function goodColumn({ run }: TokenizersState, place: number): GoodColumn | undefined {
  const found = run?.columns[place - 1]
  return isGood(found) ? found : undefined
}

function mergeOf({ run, look }: TokenizersState, { kind, step = look.step + 1 }: z.infer<typeof ofMerge>) {
  const made = run?.trained.kinds.get(kind)
  const found = made && 'steps' in made ? made.steps[step - 1] : undefined
  return found && 'merged' in found ? (found as MergeStep) : undefined
}
