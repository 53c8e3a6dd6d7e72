/**
 * The mask studio's document: texts, the tokens that they and the mask's own tokens make, rules and painted cells. Pure functions of it;
 * lab.ts brings the tokenizer and the engine. An encoder's texts stand as `[CLS] a [SEP] b [SEP]`, a decoder's as `<bos> a <eos> b <eos>`.
 */

import { ClsroomError } from '../../../core/errors.ts'
import type { Piece, SpecialKind } from '../../../core/tokens.ts'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { insert } from '../../../sequence/edit.ts'
import { DEFAULT_MASK, type MaskSpec, type PaintedCell, prune } from '../../../sequence/mask.ts'
import { decodeTokens, encodeTokens } from '../../../sequence/serialise.ts'
import { appendSegment, fromSegments, removeSegment, retokenise, type SpecialIds } from '../../../sequence/text.ts'
import { active, type Entry, isContent, type Sequence } from '../../../sequence/token.ts'
import { keptLengths } from '../../../sequence/truncate.ts'
import type { MasksLink } from './link.ts'
import type { NamedMask, Wanted } from './named.ts'
import { maskOf, type RuleText } from './rules.ts'

export interface MasksDoc {
  model: string
  texts: string[]
  /** What each text was split into, as many as the model could read. */
  pieces: Piece[][]
  /** How many pieces each text has in all. */
  counts: number[]
  sequence: Sequence
  /** The unedited sequence of the same pieces: a link tells the difference. */
  base: Sequence
  rules: readonly RuleText[]
  /** What rules and painted cells make. */
  mask: MaskSpec
  /** Heads are switched off by masks here; every document says so alike (sequence/changes.ts). */
  ablated: [layer: number, head: number][]
}

/** What a document has to know of its model. */
export interface MasksModel {
  id: string
  info: ModelInfo
  tokenizer: TokenizerInfo
}

export function masksModelOf({ id, info }: LoadedModel, tokenizer: TokenizerInfo): MasksModel {
  return { id, info, tokenizer }
}

/** What a model reads by when nobody says otherwise. */
export function usualRules({ causal }: Pick<ModelInfo, 'causal'>): readonly RuleText[] {
  return [{ text: causal ? 'k <= q' : 'kind(k) != pad' }]
}

/** The unedited document of some texts. */
export function createDoc(model: MasksModel, texts: readonly string[], pieces: readonly Piece[][]): MasksDoc {
  const { info, tokenizer } = model
  const taken = takenPieces(model, texts, pieces)
  const kept = keptOf(model, taken.counts, 1 + texts.length)
  const separator = specialEntry(tokenizer, closing(info))
  const base = fromSegments(
    taken.pieces.map((segment, s) => ({
      pieces: segment.slice(0, kept[s]),
      separator,
      doubled: tokenizer.doublesSeparators,
    })),
    specialEntry(tokenizer, opening(info)),
    specialIds(model),
  )
  const rules = usualRules(info)
  return {
    model: model.id,
    ...taken,
    sequence: base,
    base,
    rules,
    mask: maskOf(rules, [], info),
    ablated: [],
  }
}

/** What opens a text, and closes each: a decoder has no [CLS]. */
function opening({ causal }: ModelInfo): SpecialKind {
  return causal ? 'bos' : 'cls'
}
function closing({ causal }: ModelInfo): SpecialKind {
  return causal ? 'eos' : 'sep'
}

/** The texts as they are typed now; what was done to their tokens by hand stays. */
export function withTexts(
  model: MasksModel,
  doc: MasksDoc,
  texts: readonly string[],
  pieces: readonly Piece[][],
): MasksDoc {
  const changed = texts.map((text, s) => text !== doc.texts[s])
  return cutToLimit(model, { ...doc, ...takenPieces(model, texts, pieces) }, changed)
}

/** @throws ClsroomError `input` when there are six already */
export function withText(model: MasksModel, doc: MasksDoc, text: string, pieces: Piece[]): MasksDoc {
  const { info, tokenizer } = model
  const segment = {
    pieces: [],
    separator: specialEntry(tokenizer, closing(info)),
    doubled: tokenizer.doublesSeparators,
  }
  const grown = both(doc, (sequence) => appendSegment(sequence, segment, specialIds(model)))
  const taken = takenPieces(model, [...doc.texts, text], [...doc.pieces, pieces], doc.counts)
  return cutToLimit(model, { ...doc, ...grown, ...taken })
}

/** @throws ClsroomError `input` on an unknown text, or the only one */
export function withoutText(model: MasksModel, doc: MasksDoc, text: number): MasksDoc {
  const rest = both(doc, (sequence) => removeSegment(sequence, text))
  const without = <T>(list: readonly T[]) => list.toSpliced(text, 1)
  return cutToLimit(model, {
    ...doc,
    ...rest,
    texts: without(doc.texts),
    pieces: without(doc.pieces),
    counts: without(doc.counts),
  })
}

/** @throws ClsroomError `input` where a rule is no formula */
export function withRules(model: MasksModel, doc: MasksDoc, rules: readonly RuleText[]): MasksDoc {
  return { ...doc, rules, mask: maskOf(rules, doc.mask.paint, model.info) }
}

export function withPaint(doc: MasksDoc, paint: readonly PaintedCell[]): MasksDoc {
  return { ...doc, mask: prune({ ...doc.mask, paint }, doc.sequence) }
}

/** A mask by its name: its rule alone, no paint, and the tokens that it is about where there are none. */
export function withNamed(model: MasksModel, doc: MasksDoc, { rule, wants = [] }: NamedMask): MasksDoc {
  const missing = wants.filter(({ kind }) => lacks(doc, kind))
  const sequence = missing.reduce((next, wanted) => withTokens(model, next, wanted), doc.sequence)
  const bare = { ...doc, sequence, mask: { ...doc.mask, paint: [] } }
  return cutToLimit(model, withRules(model, bare, [{ text: rule }]))
}

/** Whether a sequence has none of the tokens that a mask is about; its own [CLS] is not one that was put in. */
function lacks({ sequence }: MasksDoc, kind: SpecialKind): boolean {
  return !active(sequence).some((token) => token.kind === kind && (kind !== 'cls' || token.origin.type === 'inserted'))
}

function withTokens({ tokenizer }: MasksModel, sequence: Sequence, { kind, count, at }: Wanted): Sequence {
  const { tokens } = sequence
  const words = tokens.flatMap((token, place) => (isContent(token) ? [place] : []))
  const middle = words[Math.floor(words.length / 2)] ?? tokens.length
  const caret = { front: Math.min(1, tokens.length), middle, end: tokens.length }[at]
  return insert(sequence, caret, specialEntry(tokenizer, kind), count)
}

/**
 * Cuts the texts to what the model reads beside every other token, and puts back what fits again.
 * @param changed texts whose pieces are new
 * @throws ClsroomError `input` where the other tokens alone are too many
 */
export function cutToLimit(model: MasksModel, doc: MasksDoc, changed: readonly boolean[] = []): MasksDoc {
  const others = active(doc.sequence).filter(({ origin }) => origin.type !== 'piece').length
  if (others > model.info.maxTokens) {
    throw new ClsroomError('input', 'The sequence is too long for the model', {
      found: `${others} tokens beside the texts`,
      expected: `at most ${model.info.maxTokens}`,
      advice: 'Take tokens out, or choose a model that reads more',
    })
  }
  const kept = keptOf(model, doc.counts, others)
  const present = keptPieces(doc)
  const stale = kept.flatMap((length, s) => (changed[s] || length !== present[s] ? [s] : []))
  if (stale.length === 0) return doc
  const cut = both(doc, (sequence) =>
    stale.reduce((next, s) => retokenise(next, s, doc.pieces[s]?.slice(0, kept[s]) ?? [], specialIds(model)), sequence),
  )
  return { ...doc, ...cut, mask: prune(doc.mask, cut.sequence) }
}

function keptOf({ info }: MasksModel, counts: readonly number[], others: number): number[] {
  return keptLengths(counts, Math.max(0, info.maxTokens - others), 'longest_first')
}

/** How many pieces of each text are in the sequence. */
function keptPieces({ texts, base }: MasksDoc): number[] {
  const kept = texts.map(() => 0)
  for (const { origin } of base.tokens) {
    if (origin.type === 'piece') kept[origin.segment] = (kept[origin.segment] ?? 0) + 1
  }
  return kept
}

/** How many pieces did not fit. */
export function cutPieces(doc: MasksDoc): number {
  const kept = keptPieces(doc)
  return doc.counts.reduce((sum, count, s) => sum + count - (kept[s] ?? 0), 0)
}

/** What a link holds of a document. */
export function encodeDoc(doc: MasksDoc): NonNullable<MasksLink['pinned']> {
  const tokens = encodeTokens(doc.sequence, { ...doc.mask, rules: DEFAULT_MASK.rules }, doc.base)
  return {
    lab: 'masks',
    model: doc.model,
    texts: doc.texts,
    ...(cutPieces(doc) > 0 && { kept: keptPieces(doc) }),
    ...(Object.keys(tokens).length > 0 && { tokens }),
    rules: [...doc.rules],
  }
}

/**
 * The document that a link holds, and what of it could not be applied.
 * @throws ClsroomError `input` where a rule is no formula
 */
export function decodeDoc(
  model: MasksModel,
  link: NonNullable<MasksLink['pinned']>,
  pieces: readonly Piece[][],
): { doc: MasksDoc; problem: ClsroomError | null } {
  const { info } = model
  const roomy = { ...model, info: { ...info, maxTokens: Number.POSITIVE_INFINITY } }
  const then = createDoc(
    roomy,
    link.texts,
    pieces.map((segment, s) => segment.slice(0, link.kept?.[s] ?? segment.length)),
  )
  const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, then.base)
  const rules = link.rules ?? usualRules(info)
  const whole = { ...then, ...takenPieces(model, link.texts, pieces), sequence }
  return { doc: cutToLimit(model, { ...whole, rules, mask: maskOf(rules, mask.paint, info) }), problem }
}

/** The trained entry of a special kind; one the vocabulary lacks starts at random and is marked untrained. */
export function specialEntry({ specials }: TokenizerInfo, kind: SpecialKind): Entry {
  const trained = specials[kind as keyof TokenizerInfo['specials']]
  if (trained) return { kind, id: trained.id, label: trained.label }
  return { kind, id: null, label: `[${kind.toUpperCase()}]`, start: { type: 'normal', seed: 1, std: 0.02 } }
}

export function specialIds({ tokenizer: { specials } }: Pick<MasksModel, 'tokenizer'>): SpecialIds {
  return new Map(Object.entries(specials).map(([kind, entry]) => [entry.id, kind as SpecialKind]))
}

/** Pieces beyond the model's limit can never be read: they are counted and let go. */
function takenPieces(
  { info: { maxTokens } }: MasksModel,
  texts: readonly string[],
  pieces: readonly Piece[][],
  counts: readonly number[] = [],
): Pick<MasksDoc, 'texts' | 'pieces' | 'counts'> {
  return {
    texts: [...texts],
    pieces: pieces.map((segment) => segment.slice(0, maxTokens)),
    counts: pieces.map((segment, s) => counts[s] ?? segment.length),
  }
}

/** A change of the texts themselves goes into the edited and the unedited sequence alike. */
function both(doc: MasksDoc, change: (sequence: Sequence) => Sequence): Pick<MasksDoc, 'sequence' | 'base'> {
  return { sequence: change(doc.sequence), base: change(doc.base) }
}
