import { describe } from 'vitest'
import { layerNormTests } from '../reference/testing/layer_norm.ts'
import { withBackend } from './testing/with_backend.ts'

describe.each(['software', 'hardware'] as const)('layer_norm for %s', (tuning) =>
  layerNormTests(withBackend({ tuning })),
)
