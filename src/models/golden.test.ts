/** Whole models where there is no GPU: in WASM, and on the CPU twins. */

import { describe } from 'vitest'
import { createCpuBackend } from '../reference/backend.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { goldenTests } from './testing/golden.ts'

describe('in WASM', () => {
  const wasm = withSubject(createWasmBackend)
  goldenTests(() => wasm.backend)
})

describe('on the CPU twins', () => goldenTests(createCpuBackend))
