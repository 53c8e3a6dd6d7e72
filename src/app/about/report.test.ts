import { expect, it } from 'vitest'
import { ClsroomError } from '../../core/errors.ts'
import { type ReportFacts, reportText } from './report.ts'

const WASM: ReportFacts = {
  version: '0.1.0',
  commit: 'abc',
  at: Date.UTC(2026, 0, 2),
  lab: 'text',
  model: 'clsroom-bert',
  link: null,
  userAgent: 'Browser 1 | beta',
  language: 'ru',
  languages: ['ru', 'en'],
  window: { width: 1280, height: 720, pixelRatio: 2 },
  engine: { backend: { kind: 'wasm', adapter: 'WASM with SIMD', software: true }, gpu: null, losses: [] },
  status: { lifecycle: 'ready', backend: { kind: 'wasm', adapter: 'WASM with SIMD', software: true } },
  storage: { usage: 40e6, quota: 2000e6, persisted: false },
  told: [],
}
const GPU: ReportFacts = {
  ...WASM,
  engine: {
    backend: { kind: 'webgpu', adapter: 'A', software: false },
    gpu: {
      vendor: 'v',
      architecture: 'a',
      device: '',
      description: 'A',
      software: false,
      features: { has: ['f16', 'timestamp-query'], given: ['timestamp-query'] },
      limits: [
        { name: 'maxBufferSize', has: 4_294_967_296, asked: 4_294_967_296, given: 4_294_967_296 },
        { name: 'maxTextureDimension2D', has: 16_384, asked: null, given: 8_192 },
      ],
    },
    losses: [{ at: Date.UTC(2026, 0, 1), why: 'driver reset', goesOn: 'webgpu' }],
  },
}

it('says of a page without a GPU that there are no limits, and of a GPU what was asked and given', () => {
  expect(reportText(WASM)).toContain('No GPU was opened: wasm has no limits to report.')
  const text = reportText(GPU)
  expect(text).toContain('| maxBufferSize | 4294967296 | 4294967296 | 4294967296 |')
  expect(text).toContain('| maxTextureDimension2D | 16384 | default | 8192 |')
  expect(text).toContain('| features that were given | timestamp-query |')
  expect(text).toContain('2026-01-01T00:00:00.000Z: driver reset; went on on webgpu')
  expect(text).toContain('| device | – |')
})

it('keeps a table a table', () => {
  expect(reportText(WASM)).toContain('| browser | Browser 1 \\| beta |')
})

it('holds nothing of the reader’s but by their wish', () => {
  const error = new ClsroomError('input', 'This model is not loaded', { found: 'my-secret-model' }).report()
  const device = new ClsroomError('device', 'The GPU reported an error', { found: 'out of memory' }).report()
  const told = [
    { at: 0, error },
    { at: 0, error: device },
  ]
  const text = reportText({ ...WASM, told })
  expect(text).not.toContain('my-secret-model')
  expect(text).toContain('out of memory')
  expect(text).toContain('| link | left out |')
  const whole = reportText({ ...WASM, told, link: 'http://localhost/#/text?s=abc' })
  expect(whole).toContain('my-secret-model')
  expect(whole).toContain('#/text?s=abc')
})
