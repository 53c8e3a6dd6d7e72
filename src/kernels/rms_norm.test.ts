import { describe } from 'vitest'
import { rmsNormTests } from '../reference/testing/rms_norm.ts'
import { withBackend } from './testing/with_backend.ts'

describe.each(['software', 'hardware'] as const)('rms_norm for %s', (tuning) => rmsNormTests(withBackend({ tuning })))
