import { describe } from 'vitest'
import { layerNormTests } from '../reference/testing/layer_norm.ts'
import { withBackend, withDevice } from './testing/with_backend.ts'

const device = withDevice()

describe.each(['software', 'hardware'] as const)('layer_norm for %s', (tuning) =>
  layerNormTests(withBackend({ tuning }, device)),
)
