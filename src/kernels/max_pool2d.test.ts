import { maxPool2dTests } from '../reference/testing/max_pool2d.ts'
import { withBackend } from './testing/with_backend.ts'

maxPool2dTests(withBackend())
