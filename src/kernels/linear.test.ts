import { describe } from 'vitest'
import { linearTests } from '../reference/testing/linear.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

const device = withDevice()

describe.each(['software', 'hardware', 'discrete'] as const)('linear for %s', (tuning) =>
  linearTests(withBackend({ tuning }, device)),
)
