import { describe } from 'vitest'
import { attentionTests } from '../reference/testing/attention.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

const device = withDevice()

describe.each(['software', 'hardware'] as const)('attention for %s', (tuning) =>
  attentionTests(withBackend({ tuning }, device)),
)
