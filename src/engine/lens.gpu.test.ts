/** The logit lens on the GPU. */

import { withBackend } from '../kernels/testing/with_backend.ts'
import { lensTests } from './testing/lens_ends.ts'

const gpu = withBackend()
lensTests(() => gpu.backend)
