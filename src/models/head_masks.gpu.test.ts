/** Masks of single heads, on the GPU. */

import { withBackend } from '../kernels/testing/with_backend.ts'
import { headMaskTests } from './testing/head_masks.ts'

const gpu = withBackend()
headMaskTests(() => gpu.backend, 'bert-tanh', false)
headMaskTests(() => gpu.backend, 'gpt2-lm', true)
