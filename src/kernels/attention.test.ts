import { describe, expect, it } from 'vitest'
import { attentionTests } from '../reference/testing/attention.ts'
import { withBackend } from './testing/with_backend.ts'

describe.each(['software', 'hardware'] as const)('attention for %s', (tuning) => attentionTests(withBackend(tuning)))

describe('attention in workgroup memory', () => {
  const test = withBackend('hardware')

  it('says where it ends', async () => {
    const forward = test.session.run((ops) => {
      const qkv = ops.input([1, 4000, 3], new Float32Array(12000))
      return [ops.attention(qkv, { heads: 1, captureHeads: [] }).context]
    })
    await expect(forward).rejects.toMatchObject({ code: 'unsupported', found: '4000 tokens' })
  })
})
