import { describe } from 'vitest'
import { attentionPoolTests } from '../reference/testing/attention_pool.ts'
import { withBackend } from './testing/with_backend.ts'

describe.each(['software', 'hardware'] as const)('attention_pool for %s', (tuning) =>
  attentionPoolTests(withBackend({ tuning })),
)
