import { expect, it } from 'vitest'
import { withBackend } from '../kernels/testing/with_backend.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { drawnTexts } from './testing/drawn_texts.ts'

const gpu = withBackend()

it('the same seeds give the same texts on the GPU and on the CPU twins', async () => {
  expect(await drawnTexts(gpu.backend)).toEqual(await drawnTexts(createCpuBackend()))
})
