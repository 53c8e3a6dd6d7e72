/** Rows kept between forwards, on the GPU. */

import { withBackend } from '../kernels/testing/with_backend.ts'
import { extendingTests } from './testing/extending.ts'

const gpu = withBackend()
extendingTests(() => gpu.backend)
