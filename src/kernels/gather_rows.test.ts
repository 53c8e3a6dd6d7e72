import { describe } from 'vitest'
import { gatherRowsTests } from '../reference/testing/gather_rows.ts'
import { withBackend } from './testing/with_backend.ts'

describe('gather_rows', () => gatherRowsTests(withBackend()))
