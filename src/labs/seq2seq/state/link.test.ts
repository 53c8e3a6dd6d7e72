/** What a link holds comes back as it was, by way of the link's own text. */

import { beforeAll, describe, expect, it } from 'vitest'
import { createCpuBackend } from '../../../reference/backend.ts'
import { insert, remove, setStatus } from '../../../sequence/edit.ts'
import { decodeLink, encodeLink } from '../../../state/permalink.ts'
import { EXAMPLES } from '../examples.ts'
import { type Seq2SeqDoc, specialEntry, targetOf } from './doc.ts'
import { decodeDoc, encodeDoc, SEQ2SEQ_FORMAT } from './link.ts'
import { piecesOf } from './pieces.ts'
import { DEFAULT_MASKS } from './stages.ts'
import { loadT5 } from './testing/t5.ts'

let t5: Awaited<ReturnType<typeof loadT5>>

beforeAll(async () => {
  t5 = await loadT5(createCpuBackend())
})

const split = (text: string) => piecesOf(t5.engine, t5.model.id, t5.model.tokenizer, text)

/** The document that a link of this one opens. */
async function opened(doc: Seq2SeqDoc) {
  const link = await decodeLink(SEQ2SEQ_FORMAT, encodeLink(SEQ2SEQ_FORMAT, encodeDoc(doc)))
  const other = link.states?.type === 'other' ? await split(link.states.text) : []
  return decodeDoc(t5.model, link, await split(link.text), other)
}

/** Keys are a lab's own: what they stand for is compared. */
function shape(doc: Seq2SeqDoc) {
  const tokens = (sequence: Seq2SeqDoc['source']) => sequence.tokens.map(({ key: _, origin: __, ...token }) => token)
  const place = (sequence: Seq2SeqDoc['source'] | undefined, key: number) =>
    sequence ? sequence.tokens.findIndex((token) => token.key === key) : key
  const { source, target, masks, states, text } = doc
  const read = states.type === 'other' ? states.source : source
  return {
    text,
    source: tokens(source),
    target: target && tokens(target.sequence),
    states: states.type === 'other' ? { ...states, source: tokens(states.source) } : states,
    masks: (['encoder', 'decoder', 'cross'] as const).map((stage) => ({
      ...masks[stage],
      paint: masks[stage].paint.map((cell) => ({
        ...cell,
        query: place(stage === 'encoder' ? source : target?.sequence, cell.query),
        key: place(stage === 'encoder' ? source : stage === 'cross' ? read : target?.sequence, cell.key),
      })),
    })),
  }
}

describe('a link', () => {
  it('of an unedited document is its model and its text', async () => {
    const doc = await t5.docOf('date: 27 November 2026')
    expect(encodeDoc(doc)).toEqual({ lab: 'seq2seq', model: 'clsroom-t5', text: 'date: 27 November 2026' })
    expect(shape((await opened(doc)).doc)).toEqual(shape(doc))
  })

  it('holds edits of both strips, three masks with their paint, and other states', async () => {
    const plain = await t5.docOf('reverse: cat dog sun')
    const written = targetOf(t5.model, [0, 356, 54, 56, 1])
    const pad = specialEntry(t5.model, 'pad')
    const doc: Seq2SeqDoc = {
      ...plain,
      source: insert(setStatus(plain.source, [3], 'masked'), 2, pad, 2),
      target: { base: written, sequence: remove(insert(written, 1, pad), [2]) },
      masks: {
        encoder: {
          rules: [{ type: 'window', radius: 3 }],
          inverted: true,
          paint: [{ layer: 'all', query: 3, key: 4, readable: true }],
        },
        decoder: { ...DEFAULT_MASKS.decoder, paint: [{ layer: 'all', query: 1, key: 3, readable: true }] },
        cross: { rules: [], inverted: false, paint: [{ layer: 2, query: 3, key: 4, readable: false }] },
      },
    }
    const { doc: back, problem } = await opened(doc)
    expect(problem).toBeNull()
    expect(shape(back)).toEqual(shape(doc))
    const { source } = await t5.docOf('number: two')
    for (const states of [
      { type: 'zeros' },
      { type: 'mean' },
      { type: 'other', text: 'number: two', source },
    ] as const) {
      expect(shape((await opened({ ...plain, states })).doc)).toEqual(shape({ ...plain, states }))
    }
  })

  it('of another vocabulary says that its output cannot be shown, and lets the model write', async () => {
    const { doc, problem } = decodeDoc(
      t5.model,
      { lab: 'seq2seq', model: 'clsroom-t5', text: 'x', target: { ids: [30_000] } },
      await split('x'),
      [],
    )
    expect(doc.target).toBeNull()
    expect(problem?.code).toBe('state')
  })

  it('of every example is one of ours', async () => {
    for (const { link } of EXAMPLES) {
      expect(await decodeLink(SEQ2SEQ_FORMAT, encodeLink(SEQ2SEQ_FORMAT, link))).toEqual(link)
      const other = link.states?.type === 'other' ? await split(link.states.text) : []
      expect(decodeDoc(t5.model, link, await split(link.text), other).problem).toBeNull()
    }
  })
})
