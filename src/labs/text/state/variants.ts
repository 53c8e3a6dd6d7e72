/** Ready variants of a document: what the shown run is compared with. Pure. */

import { remove, replace, setHidden, setStatus } from '../../../sequence/edit.ts'
import { setPaddingMask, unpad } from '../../../sequence/padding.ts'
import type { Entry, Sequence } from '../../../sequence/token.ts'
import type { TextDoc } from './doc.ts'
import type { Variants } from './variations.ts'

const withSequence = (doc: TextDoc, sequence: Sequence): TextDoc => ({ ...doc, sequence })

/** The same tokens read as usual, hidden, masked and removed. */
export function silencings(
  doc: TextDoc,
  keys: readonly number[],
): Record<'asIs' | 'hidden' | 'masked' | 'removed', TextDoc> {
  const asIs = setHidden(setStatus(doc.sequence, keys, 'read'), keys, false)
  return {
    asIs: withSequence(doc, asIs),
    hidden: withSequence(doc, setHidden(asIs, keys, true)),
    masked: withSequence(doc, setStatus(asIs, keys, 'masked')),
    removed: withSequence(doc, remove(asIs, keys)),
  }
}

/** Without PAD, and with it, both masked and readable. */
export function paddings(doc: TextDoc): Record<'none' | 'masked' | 'readable', TextDoc> {
  const masked = { ...doc, mask: setPaddingMask(doc.mask, true) }
  return {
    none: withSequence(masked, unpad(doc.sequence)),
    masked,
    readable: { ...doc, mask: setPaddingMask(doc.mask, false) },
  }
}

/** Tokens replaced by [MASK], each in a run where all are. */
export function allMasked(doc: TextDoc, keys: readonly number[], mask: Entry): TextDoc {
  return withSequence(doc, replace(doc.sequence, keys, mask))
}

/** Every head switched off alone, by "layer.head". */
export function eachHeadOff(doc: TextDoc, layers: number, heads: number): Variants {
  const pairs = Array.from({ length: layers * heads }, (_, i): [number, number] => [Math.floor(i / heads), i % heads])
  return Object.fromEntries(pairs.map((pair) => [pair.join('.'), { ...doc, ablated: [pair] }]))
}
