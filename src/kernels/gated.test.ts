import { gatedTests } from '../reference/testing/gated.ts'
import { withBackend } from './testing/with_backend.ts'

gatedTests(withBackend())
