/** "Mask as in training": seeded choices of what to predict, on a document. */

import type { SpecialKind } from '../../../core/tokens.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { TaggedWord } from '../../../loaders/parts_of_speech.ts'
import { corrupt, drawSpans, drawUnits, pieceUnits, type Unit, wordUnits } from '../../../sequence/corrupt.ts'
import { replace, restoreOriginal } from '../../../sequence/edit.ts'
import { type Entry, isContent, type Sequence, type Token } from '../../../sequence/token.ts'
import { specialEntry, type TextDoc } from './doc.ts'
import type { MaskingPlan } from './masking_plan.ts'

/** @param tagged the words of each text by part of speech, where the plan names one */
export function maskAsInTraining(
  doc: TextDoc,
  tokenizer: TokenizerInfo,
  plan: MaskingPlan,
  tagged: readonly (readonly TaggedWord[])[] = [],
): Sequence {
  const { unit, ratio, seed } = plan
  const sequence = withoutTargets(doc.sequence)
  const words = () => wordUnits(sequence, continuesWord)
  const units = {
    pieces: () => drawUnits(pieceUnits(sequence), ratio, seed),
    words: () => drawUnits(words(), ratio, seed),
    spans: () => drawSpans(sequence, words(), ratio, seed),
    tagged: () => drawUnits(ofPart(words(), sequence, doc, tagged, unit), ratio, seed),
  }[unit === 'pieces' || unit === 'words' || unit === 'spans' ? unit : 'tagged']()
  const mask = specialEntry(tokenizer, 'mask')
  if (plan.rule === 'mask') return replace(sequence, units.flat(), mask)
  return corrupt(sequence, units, { mask, randomWord: randomWord(tokenizer), seed }).sequence
}

/** Puts back every word that is to be predicted. */
export function withoutTargets(sequence: Sequence): Sequence {
  return restoreOriginal(
    sequence,
    sequence.tokens.flatMap(({ key, original }) => (original && isContent(original) ? [key] : [])),
  )
}

/** A WordPiece that goes on with the word before it. */
function continuesWord({ label }: Token): boolean {
  return label.startsWith('##')
}

/** The words whose first piece lies in a tagged word of the part. */
function ofPart(
  words: readonly Unit[],
  { tokens }: Sequence,
  { pieces }: TextDoc,
  tagged: readonly (readonly TaggedWord[])[],
  part: MaskingPlan['unit'],
): Unit[] {
  const origins = new Map(tokens.map(({ key, origin }) => [key, origin]))
  return words.filter(([first]) => {
    const origin = origins.get(first as number)
    if (origin?.type !== 'piece') return false
    const piece = pieces[origin.segment]?.[origin.piece]
    return tagged[origin.segment]?.some(
      (word) => word.part === part && piece && piece.start >= word.start && piece.start < word.end,
    )
  })
}

/** Any row of the vocabulary but the special ones, all alike (as BERT draws them). */
function randomWord({ labels, specials }: TokenizerInfo): (u: number) => Entry {
  const special = new Set(Object.values(specials as Partial<Record<SpecialKind, { id: number }>>).map(({ id }) => id))
  const words = labels.flatMap((label, id) => (special.has(id) ? [] : [{ kind: 'word' as const, id, label }]))
  return (u) => words[Math.floor(u * words.length)] as Entry
}
