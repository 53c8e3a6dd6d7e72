import { expect, it } from 'vitest'
import { createCpuBackend } from '../reference/backend.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { drawnTexts, SEEDS } from './testing/drawn_texts.ts'

it('the same seeds give the same texts in WASM and on the CPU twins', async () => {
  const texts = await drawnTexts(await createWasmBackend())
  expect(texts).toEqual(await drawnTexts(createCpuBackend()))
  expect(new Set(texts.map(String)).size).toBe(SEEDS.length)
})
