import { describe } from 'vitest'
import { attentionPoolTests } from '../reference/testing/attention_pool.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

const device = withDevice()

describe.each(['software', 'hardware'] as const)('attention_pool for %s', (tuning) =>
  attentionPoolTests(withBackend({ tuning }, device)),
)
