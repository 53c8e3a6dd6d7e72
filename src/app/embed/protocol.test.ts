import { expect, test } from 'vitest'
import { buffersIn, parseCall } from './protocol.ts'

const asked = (change: object) => parseCall({ clsroom: 1, id: 7, call: 'state', ...change })

test('what fits is read', () => {
  expect(asked({})).toEqual({ call: 'state', input: undefined })
  expect(asked({ call: 'tokenize', input: { model: 'm', text: 'a' } }).input).toEqual({ model: 'm', text: 'a' })
  const forward = { model: 'm', inputIds: [1], capture: { attentions: true } }
  expect(asked({ call: 'forward', input: forward }).input).toEqual(forward)
})

test.each([
  ['another version', { clsroom: 2 }],
  ['no id', { id: undefined }],
  ['a call that is none', { call: 'eval' }],
  ['a call of every object', { call: 'constructor' }],
  ['an input where there is none', { input: 1 }],
  ['ids that are no numbers', { call: 'generate', input: { model: 'm', inputIds: ['1'], maxNewTokens: 1 } }],
  ['no model', { call: 'forward', input: {} }],
])('%s is refused in words', (_, change) => {
  expect(() => asked(change)).toThrow(/asks for nothing that the page can do/)
})

test('a buffer that two arrays share is handed over once', () => {
  const data = new Float32Array(8)
  expect([...buffersIn({ a: [data, data.subarray(4)], b: { c: null, d: 'x' } })]).toEqual([data.buffer])
})
