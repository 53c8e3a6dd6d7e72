/** What a bug report says of the GPU. */

import { expect, test } from 'vitest'
import { openGpu } from '../gpu/device.ts'

test('of every limit what the adapter has, what was asked for, and what was given', async () => {
  const gpu = await openGpu({ lost() {}, error() {} })
  const { limits, features } = gpu.facts()
  const buffers = limits.find(({ name }) => name === 'maxBufferSize')
  expect(buffers).toEqual({
    name: 'maxBufferSize',
    has: buffers?.has,
    asked: buffers?.has,
    given: gpu.device.limits.maxBufferSize,
  })
  expect(limits.length).toBeGreaterThan(20)
  for (const { has, given, name } of limits) {
    // Alignments are the better the smaller.
    if (name.startsWith('min')) expect(given, name).toBeGreaterThanOrEqual(has)
    else expect(given, name).toBeLessThanOrEqual(has)
  }
  for (const feature of features.given) expect(features.has).toContain(feature)
  gpu.close()
})
