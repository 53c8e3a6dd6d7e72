import { describe, expect, it } from 'vitest'
import { insert, remove, setStatus } from '../../../sequence/edit.ts'
import { paint } from '../../../sequence/mask.ts'
import { active } from '../../../sequence/token.ts'
import {
  createDoc,
  cutToLimit,
  decodeDoc,
  droppedText,
  encodeDoc,
  type GenerateDoc,
  type GenerateModel,
  isFull,
  specialEntry,
  WRITING_ROOM,
  withoutWritten,
  withText,
  withWritten,
} from './doc.ts'
import { schema } from './link_schema.ts'
import { lettersOf, TOKENIZER } from './testing/letters.ts'

const model: GenerateModel = { id: 'm', maxTokens: 40, tokenizer: TOKENIZER, endTokens: new Set([2]) }
const whole = { ...model, layers: 2, heads: 3, vocabulary: 67 }
const docOf = (text: string, of = model) => createDoc(of, text, lettersOf(text))
const labels = ({ sequence }: GenerateDoc) =>
  active(sequence)
    .map(({ label }) => label)
    .join('')
const letters = (count: number) => 'abcdefghij'.repeat(Math.ceil(count / 10)).slice(0, count)

describe('a document', () => {
  it('begins as the tokenizer begins a text, and what is written stands behind it', () => {
    const doc = withWritten(model, withWritten(model, docOf('ab'), { id: 6, seed: 3 }), { id: 3, seed: null })
    expect(labels(doc)).toBe('<bos>abc<eosent>')
    expect(active(doc.sequence).map(({ kind }) => kind)).toEqual(['bos', 'word', 'word', 'word', 'eosent'])
    expect(labels(withoutWritten(doc, 1))).toBe('<bos>abc')
    expect(withoutWritten(doc, 2)).toBe(doc)
  })

  it('typing keeps what was done to the prompt, and lets go what was written after another one', () => {
    const written = withWritten(model, docOf('abc'), { id: 9, seed: 1 })
    const masked = { ...written, sequence: setStatus(written.sequence, [1], 'masked') }
    const typed = withText(model, masked, 'abd', lettersOf('abd'))
    expect(labels(typed)).toBe('<bos>abd')
    expect(typed.written).toEqual([])
    expect(active(typed.sequence)[1]).toMatchObject({ label: 'a', status: 'masked' })
    // A prompt can be emptied and begun again.
    const empty = withText(model, typed, '', [])
    expect(labels(empty)).toBe('<bos>')
    expect(labels(withText(model, empty, 'b', lettersOf('b')))).toBe('<bos>b')
  })

  it('an empty prompt begins with BOS even where the tokenizer puts none before a text', () => {
    const bare = { ...model, tokenizer: { ...TOKENIZER, opening: [] } }
    const empty = docOf('', bare)
    expect(labels(empty)).toBe('<bos>')
    const typed = withText(bare, empty, 'ab', lettersOf('ab'))
    expect(labels(typed)).toBe('ab')
    expect(labels(withText(bare, typed, '', []))).toBe('<bos>')
  })

  it('a vocabulary without BOS begins with the prompt itself', () => {
    const { bos: _, ...specials } = TOKENIZER.specials
    const bare = { ...model, tokenizer: { ...TOKENIZER, specials, opening: [] } }
    expect(labels(docOf('ab', bare))).toBe('ab')
    expect(labels(docOf('', bare))).toBe('')
    // One that is inserted all the same is untrained.
    expect(specialEntry(bare.tokenizer, 'bos')).toMatchObject({ id: null, start: { type: 'normal' } })
  })

  it('a prompt longer than the context loses its beginning, leaves room to write, and says what is lost', () => {
    const text = letters(60)
    const doc = docOf(text)
    expect(active(doc.sequence)).toHaveLength(40 - WRITING_ROOM)
    expect(doc.dropped).toBe(60 - (39 - WRITING_ROOM))
    expect(droppedText(doc)).toBe(text.slice(0, doc.dropped))
    expect(labels(doc)).toBe(`<bos>${text.slice(doc.dropped)}`)
    // One that fits is whole, however little room is left.
    expect(docOf(letters(39)).dropped).toBe(0)
    expect(isFull(model, docOf(letters(39)))).toBe(true)
    expect(() => withWritten(model, docOf(letters(39)), { id: 5, seed: 1 })).toThrow('The model reads no more tokens')
  })

  it('tokens that are inserted push more of the prompt out, and only of the prompt', () => {
    const full = docOf(letters(39))
    const grown = { ...full, sequence: insert(full.sequence, 1, specialEntry(TOKENIZER, 'eosent'), 2) }
    const cut = cutToLimit(model, grown)
    expect(active(cut.sequence)).toHaveLength(40)
    expect(cut.dropped).toBe(2)
    expect(droppedText(cut)).toBe('ab')
    const flooded = { ...full, sequence: insert(full.sequence, 1, specialEntry(TOKENIZER, 'pad'), 60) }
    expect(() => cutToLimit(model, flooded)).toThrow('The sequence is too long for the model')
  })
})

describe('a link', () => {
  const roundTrip = (doc: GenerateDoc) => {
    const link = schema.parse(JSON.parse(JSON.stringify(encodeDoc(doc))))
    const { doc: decoded, problem } = decodeDoc(whole, link, lettersOf(doc.prompt))
    expect(problem).toBeNull()
    return decoded
  }

  it('holds everything: prompt, written tokens and their seeds, edits, mask, heads, how is drawn', () => {
    const written = [
      { id: 6, seed: 3 },
      { id: 3, seed: null },
      { id: 9, seed: 0 },
    ].reduce((doc, one) => withWritten(model, doc, one), docOf('abcd'))
    const keys = written.sequence.tokens.map(({ key }) => key)
    const [, a, b] = keys as [number, number, number]
    const edited = insert(setStatus(remove(written.sequence, [b]), [a], 'masked'), 2, specialEntry(TOKENIZER, 'eosent'))
    const doc: GenerateDoc = {
      ...written,
      sequence: edited,
      mask: paint(written.mask, [{ layer: 1, query: a, key: keys.at(-1) as number, readable: true }]),
      ablated: [[1, 2]],
      sampling: { ...written.sampling, temperature: 0, topP: 0.5 },
      seed: 99,
    }
    const decoded = roundTrip(doc)
    expect(decoded.written).toEqual(doc.written)
    expect(decoded.sampling).toEqual(doc.sampling)
    expect(encodeDoc(decoded)).toEqual(encodeDoc(doc))
    expect(labels(decoded)).toBe(labels(doc))
  })

  it('of an unedited document holds nothing of tokens, and a prompt that was cut is cut as it was', () => {
    expect(encodeDoc(docOf('ab')).tokens).toEqual({})
    const long = roundTrip(withWritten(model, docOf(letters(60)), { id: 6, seed: 1 }))
    expect(long.dropped).toBe(docOf(letters(60)).dropped)
    expect(labels(long)).toBe(`${labels(docOf(letters(60)))}c`)
    // Typing on after it was opened cuts anew.
    expect(active(withText(model, long, letters(61), lettersOf(letters(61))).sequence)).toHaveLength(40 - WRITING_ROOM)
  })

  it('that says nothing of it leaves room to write behind a long prompt, too', () => {
    const { doc } = decodeDoc(whole, { lab: 'generate', model: 'm', prompt: letters(60) }, lettersOf(letters(60)))
    expect(active(doc.sequence)).toHaveLength(40 - WRITING_ROOM)
    expect(doc.dropped).toBe(docOf(letters(60)).dropped)
  })

  it('with tokens of another vocabulary shows what fits', () => {
    const link = { ...encodeDoc(docOf('ab')), written: [6, 9999], seeds: [1, 1] }
    expect(labels(decodeDoc(whole, link, lettersOf('ab')).doc)).toBe('<bos>abc')
  })
})
