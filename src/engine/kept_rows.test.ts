/** Rows kept between forwards, where there is no GPU. */

import { describe } from 'vitest'
import { createCpuBackend } from '../reference/backend.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from '../wasm/backend.ts'
import { extendingTests } from './testing/extending.ts'

describe('in WASM', () => {
  const wasm = withSubject(createWasmBackend)
  extendingTests(() => wasm.backend)
})

describe('on the CPU twins', () => extendingTests(createCpuBackend))
