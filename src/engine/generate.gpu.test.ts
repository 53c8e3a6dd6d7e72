/** Models that write, on the GPU. */

import { withBackend } from '../kernels/testing/with_backend.ts'
import { writerTests } from './testing/writers.ts'

const gpu = withBackend()
writerTests(() => gpu.backend)
