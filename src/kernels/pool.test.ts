import { describe } from 'vitest'
import { poolTests } from '../reference/testing/pool.ts'
import { withBackend } from './testing/with_backend.ts'

describe('pool', () => poolTests(withBackend()))
