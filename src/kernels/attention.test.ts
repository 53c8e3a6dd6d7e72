import { describe } from 'vitest'
import { attentionTests } from '../reference/testing/attention.ts'
import { withBackend } from './testing/with_backend.ts'

describe.each(['software', 'hardware'] as const)('attention for %s', (tuning) =>
  attentionTests(withBackend({ tuning })),
)
