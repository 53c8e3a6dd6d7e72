/** Masks of single heads, where there is no GPU. */

import { describe } from 'vitest'
import { createCpuBackend } from '../reference/backend.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { headMaskTests } from './testing/head_masks.ts'

describe('in WASM', () => {
  const wasm = withSubject(createWasmBackend)
  headMaskTests(() => wasm.backend, 'bert-tanh', false)
  headMaskTests(() => wasm.backend, 'gpt2-lm', true)
})

describe('on the CPU twins', () => {
  headMaskTests(createCpuBackend, 'bert-tanh', false)
  headMaskTests(createCpuBackend, 'gpt2-lm', true)
})
