import { rotaryTests } from '../reference/testing/rotary.ts'
import { withBackend } from './testing/with_backend.ts'

rotaryTests(withBackend())
