/** Several texts in one forward on the GPU. */

import { withBackend } from '../kernels/testing/with_backend.ts'
import { batchTests } from './testing/batches.ts'

const gpu = withBackend()
batchTests(() => gpu.backend)
