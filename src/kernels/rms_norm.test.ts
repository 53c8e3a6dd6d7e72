import { describe } from 'vitest'
import { rmsNormTests } from '../reference/testing/rms_norm.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

const device = withDevice()

describe.each(['software', 'hardware'] as const)('rms_norm for %s', (tuning) =>
  rmsNormTests(withBackend({ tuning }, device)),
)
