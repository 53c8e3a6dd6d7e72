import { conv2dTests } from '../reference/testing/conv2d.ts'
import { withBackend } from './testing/with_backend.ts'

conv2dTests(withBackend())
