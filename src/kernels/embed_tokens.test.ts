import { describe } from 'vitest'
import { embedTokensTests } from '../reference/testing/embed_tokens.ts'
import { withBackend } from './testing/with_backend.ts'

describe('embed_tokens', () => embedTokensTests(withBackend()))
