import { keepTests } from '../reference/testing/keep.ts'
import { withBackend } from './testing/with_backend.ts'

keepTests(withBackend())
