import { describe } from 'vitest'
import { embedPatchesTests } from '../reference/testing/embed_patches.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

const device = withDevice()

describe.each(['software', 'hardware'] as const)('embed_patches for %s', (tuning) =>
  embedPatchesTests(withBackend({ tuning }, device)),
)
