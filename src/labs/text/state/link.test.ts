/** Whatever a person does in the lab, its link brings it back: documents, looks and pinned runs that edits lead to, by a lab of its own. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import { TEXT_FORMATS } from '../../../sequence/formats.ts'
import { MASK_PRESETS, readable } from '../../../sequence/mask.ts'
import { edit, UNTRAINED } from '../../../sequence/testing/arbitrary.ts'
import { active } from '../../../sequence/token.ts'
import type { Engine } from '../../../state/engine.ts'
import { decodeLink, encodeLink } from '../../../state/permalink.ts'
import { createTextLab, type TextDoc, type TextLab } from './lab.ts'
import { TEXT_FORMAT, type TextLink } from './link.ts'
import { MASKING_RULES, MASKING_UNITS } from './masking_plan.ts'
import { letterModel, pieces } from './testing/letters.ts'

const LIMIT = 24
const { tokenizer, layers, heads } = letterModel(LIMIT)
const MODEL = {
  id: 'm',
  info: { modality: 'text', layers, heads, maxTokens: LIMIT, vocabulary: tokenizer.labels.length, segmentTypes: 2 },
} as LoadedModel
const RESULT = { attentions: [{}, {}], logits: {} } as unknown as ForwardResult

/** An engine of letters that computes nothing. */
const engine = {
  store: { getState: () => ({ models: {} }) },
  load: async () => MODEL,
  tokenizer: async () => tokenizer,
  pieces: async (_: string, texts: string[]) => texts.map(pieces),
  forward: async () => RESULT,
} as unknown as Engine

/** One thing that a person does; what the lab refuses is refused. */
type Act = (lab: TextLab) => void | Promise<void>

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '🦄', '\n', '"'), maxLength: 10 })
const head = fc.oneof(fc.constant('mean' as const), fc.nat(heads - 1))
const segmentOf = (lab: TextLab, n: number) => n % lab.store.getState().texts.length
const keysOf = (lab: TextLab) => lab.store.getState().doc?.sequence.tokens.map(({ key }) => key) ?? []

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(fc.nat(5), text).map(
    ([n, typed]): Act =>
      (lab) =>
        lab.setText(segmentOf(lab, n), typed),
  ),
  text.map(
    (typed): Act =>
      (lab) =>
        lab.addSegment(typed),
  ),
  fc.nat(5).map(
    (n): Act =>
      (lab) =>
        lab.removeSegment(segmentOf(lab, n)),
  ),
  fc.constantFrom(...TEXT_FORMATS).map(
    (format): Act =>
      (lab) =>
        lab.openFormat(format),
  ),
  fc.nat(5).map(
    (n): Act =>
      (lab) =>
        lab.setSeparator(segmentOf(lab, n), { ...UNTRAINED, kind: 'sep', label: '[SEP_QA]' }),
  ),
  fc.constantFrom('longest_first' as const, 'only_second' as const).map(
    (way): Act =>
      (lab) =>
        lab.setTruncation(way),
  ),
  edit.map(
    (change): Act =>
      (lab) =>
        lab.edit(change),
  ),
  fc.constantFrom(...Object.values(MASK_PRESETS)).map(
    (rules): Act =>
      (lab) =>
        lab.setMask({ rules, inverted: false, paint: [] }),
  ),
  fc.array(fc.tuple(fc.constantFrom('all' as const, 0, 1), fc.nat(40), fc.nat(40), fc.boolean()), { maxLength: 8 }).map(
    (cells): Act =>
      (lab) => {
        const keys = keysOf(lab)
        const at = (n: number) => keys[n % keys.length] as number
        lab.paint(cells.map(([layer, query, key, open]) => ({ layer, query: at(query), key: at(key), readable: open })))
      },
  ),
  fc.array(fc.tuple(fc.nat(layers - 1), fc.nat(heads - 1)), { maxLength: 3 }).map(
    (ablated): Act =>
      (lab) =>
        lab.setAblated(ablated),
  ),
  fc
    .record({
      tool: fc.constantFrom('', 'mlm', 'compare'),
      layer: fc.nat(layers - 1),
      head,
      fit: fc.boolean(),
      paint: fc.constantFrom('layer' as const, 'all' as const),
      padding: fc.constantFrom('left' as const, 'right' as const),
      sentences: fc.array(text, { minLength: 1, maxLength: 3 }),
      masking: fc.record({
        unit: fc.constantFrom(...MASKING_UNITS),
        ratio: fc.double({ min: 0, max: 1, noNaN: true }),
        seed: fc.integer(),
        rule: fc.constantFrom(...MASKING_RULES),
      }),
    })
    .map(
      (look): Act =>
        (lab) =>
          lab.look(look),
    ),
  fc.array(fc.nat(40), { maxLength: 4 }).map(
    (places): Act =>
      (lab) => {
        const keys = keysOf(lab)
        lab.look({ selection: [...new Set(places.map((n) => keys[n % keys.length] as number))] })
      },
  ),
  fc.boolean().map(
    (on): Act =>
      (lab) =>
        lab.pin(on ? lab.store.getState().run : null),
  ),
  fc.constantFrom(
    (lab: TextLab) => lab.undo(),
    (lab: TextLab) => lab.redo(),
  ),
)

async function opened(link: TextLink): Promise<TextLab> {
  const lab = createTextLab(engine)
  await lab.open(link)
  await lab.settled()
  return lab
}

test('every state that the lab can reach comes back by its link', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
      const lab = await opened({ lab: 'text', model: 'm', texts: ['abc', 'de'] })
      for (const next of acts) {
        await next(lab)
        await lab.settled()
      }
      const link = lab.link() as TextLink
      const other = await opened(await decodeLink(TEXT_FORMAT, encodeLink(TEXT_FORMAT, link)))
      expect(seen(other)).toEqual(seen(lab))
      expect(other.store.getState().problem).toBeNull()
      expect(other.link()).toEqual(JSON.parse(JSON.stringify(link)))
    }),
    { numRuns: 300 },
  )
}, 60_000)

/** Everything that is shown, by places and not by keys, which are a lab's own. */
function seen(lab: TextLab) {
  const { doc, look, texts, pinned } = lab.store.getState()
  const keys = keysOf(lab)
  const { selection, ...rest } = look
  return {
    texts,
    doc: doc && seenDoc(doc),
    pinned: pinned && seenDoc(pinned.doc),
    look: { ...rest, selected: selection.map((key) => keys.indexOf(key)).filter((place) => place >= 0) },
  }
}

function seenDoc({ sequence, base, mask, pieces: _, ...doc }: TextDoc) {
  const { tokens, positionPolicy, segmentPolicy } = sequence
  const mayRead = readable(sequence, mask)
  const rows = active(sequence)
  return {
    ...doc,
    positionPolicy,
    segmentPolicy,
    tokens: tokens.map(({ key: _key, ...token }) => token),
    base: base.tokens.map(({ key: _key, ...token }) => token),
    reads: Array.from({ length: layers }, (_layer, layer) =>
      rows.map((_q, query) => rows.map((_k, key) => mayRead(layer, query, key))),
    ),
  }
}
