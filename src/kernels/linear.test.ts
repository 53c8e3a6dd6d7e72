import { describe } from 'vitest'
import { linearTests } from '../reference/testing/linear.ts'
import { withBackend } from './testing/with_backend.ts'

describe.each(['software', 'hardware', 'discrete'] as const)('linear for %s', (tuning) =>
  linearTests(withBackend({ tuning })),
)
