/** How the lab writes its links, and reads documents out of them. */

import { ClsroomError } from '../../../core/errors.ts'
import { fetchPart } from '../../../core/fetch_part.ts'
import type { Piece } from '../../../core/tokens.ts'
import { DEFAULT_MASK, type MaskSpec } from '../../../sequence/mask.ts'
import { decodeTokens, encodeTokens } from '../../../sequence/serialise.ts'
import type { Sequence } from '../../../sequence/token.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import { createDoc, type EncoderStates, type Seq2SeqDoc, type Seq2SeqModel, sourceOf, targetOf } from './doc.ts'
import type { LinkMask, Seq2SeqLink } from './link_schema.ts'
import { DEFAULT_MASKS } from './stages.ts'

export type { Seq2SeqLink }

export const SEQ2SEQ_FORMAT: LinkFormat<Seq2SeqLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}

type DocLink = Omit<Seq2SeqLink, 'look'>

export function encodeDoc(doc: Seq2SeqDoc): DocLink {
  const { source, base, target, masks, states } = doc
  const read = states.type === 'other' ? states.source : source
  const queries = placesOf(target?.sequence)
  const sourceTokens = encodeTokens(source, masks.encoder, base)
  const targetTokens = target && encodeTokens(target.sequence, DEFAULT_MASK, target.base)
  const decoder = encodeMask(masks.decoder, DEFAULT_MASKS.decoder, queries, queries)
  const cross = encodeMask(masks.cross, DEFAULT_MASKS.cross, queries, placesOf(read))
  return {
    lab: 'seq2seq',
    model: doc.model,
    text: doc.text,
    ...(hasContent(sourceTokens) && { source: sourceTokens }),
    ...(target && {
      target: {
        ids: target.base.tokens.map(({ id }) => id ?? 0),
        ...(targetTokens && hasContent(targetTokens) && { tokens: targetTokens }),
      },
    }),
    ...((decoder || cross) && { masks: { ...(decoder && { decoder }), ...(cross && { cross }) } }),
    ...(states.type === 'other' && { states: { type: states.type, text: states.text } }),
    ...((states.type === 'zeros' || states.type === 'mean') && { states: { type: states.type } }),
  }
}

/**
 * The document that a link holds, and what of it could not be applied.
 * @param pieces of its text
 * @param other pieces of the sentence whose states are read in the place of its own, where there is one
 */
export function decodeDoc(
  model: Seq2SeqModel,
  link: DocLink,
  pieces: readonly Piece[],
  other: readonly Piece[],
): { doc: Seq2SeqDoc; problem: ClsroomError | null } {
  const plain = createDoc(model, link.text, pieces)
  const source = decodeTokens(link.source ?? {}, plain.base)
  const ids = link.target?.ids.filter((id) => id < (model.info.vocabulary ?? 0))
  const base = ids && ids.length > 0 ? targetOf(model, ids) : null
  const given = base && decodeTokens(link.target?.tokens ?? {}, base)
  const states = statesOf(model, link, other)
  const queries = keysOf(given?.sequence)
  const read = keysOf(states.type === 'other' ? states.source : source.sequence)
  const lost =
    link.target && !base ? new ClsroomError('state', 'The output in the link is of another vocabulary') : null
  return {
    doc: {
      ...plain,
      source: source.sequence,
      target: base && given && { base, sequence: given.sequence },
      masks: {
        encoder: source.mask,
        decoder: decodeMask(link.masks?.decoder, DEFAULT_MASKS.decoder, queries, queries),
        cross: decodeMask(link.masks?.cross, DEFAULT_MASKS.cross, queries, read),
      },
      states,
    },
    problem: lost ?? source.problem ?? given?.problem ?? null,
  }
}

function statesOf(model: Seq2SeqModel, { states }: DocLink, other: readonly Piece[]): EncoderStates {
  if (states?.type === 'other') return { ...states, source: sourceOf(model, other) }
  return { type: states?.type ?? 'own' }
}

/** Of a target that the model writes, keys are places. */
function placesOf(sequence: Sequence | undefined): (key: number) => number | undefined {
  const places = sequence && new Map(sequence.tokens.map(({ key }, place) => [key, place]))
  return (key) => (places ? places.get(key) : key)
}

function keysOf(sequence: Sequence | undefined): (place: number) => number | undefined {
  return (place) => (sequence ? sequence.tokens[place]?.key : place)
}

type Renaming = (number: number) => number | undefined

function encodeMask(spec: MaskSpec, usual: MaskSpec, queries: Renaming, keys: Renaming): LinkMask | null {
  const paint = spec.paint.flatMap(({ layer, query, key, readable }): NonNullable<LinkMask['paint']> => {
    const [q, k] = [queries(query), keys(key)]
    return q === undefined || k === undefined ? [] : [[layer, q, k, readable]]
  })
  const rules = JSON.stringify(spec.rules) === JSON.stringify(usual.rules) ? undefined : spec.rules
  if (!rules && !spec.inverted && paint.length === 0) return null
  return { ...(rules && { rules }), ...(spec.inverted && { inverted: true }), ...(paint.length > 0 && { paint }) }
}

function decodeMask(link: LinkMask | undefined, usual: MaskSpec, queries: Renaming, keys: Renaming): MaskSpec {
  const paint = (link?.paint ?? []).flatMap(([layer, q, k, readable]) => {
    const [query, key] = [queries(q), keys(k)]
    return query === undefined || key === undefined ? [] : [{ layer, query, key, readable }]
  })
  return { rules: link?.rules ?? usual.rules, inverted: link?.inverted ?? false, paint }
}

function hasContent(tokens: object): boolean {
  return Object.keys(tokens).length > 0
}
