/** Learnable memory on WGSL. */

import { withBackend } from '../kernels/testing/with_backend.ts'
import { taskMemoryTests } from './testing/task_memory.ts'

const gpu = withBackend()
taskMemoryTests(() => gpu.backend)
