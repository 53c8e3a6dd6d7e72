/** Every state that the lab can reach is one that its links hold. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grown, MAX_POINTS, type Stroke, withinReach } from '../../../loaders/image_paint.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { fromImage } from '../../../sequence/patches.ts'
import { decodeLink, encodeLink } from '../../../state/permalink.ts'
import { encodeVision, VISION_FORMAT } from './link.ts'
import type { VisionDoc } from './run.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
/** Where a pen may be: a captured pointer goes on far beside the photo. */
const pen = fc.double({ min: -50, max: 50, noNaN: true }).map(withinReach)
const stroke: fc.Arbitrary<Stroke> = fc.record({
  tool: fc.constantFrom('brush', 'erase', 'blur'),
  colour: fc.constantFrom('#d81b1b', '#000000'),
  size: share,
  points: fc.array(fc.tuple(pen, pen), { minLength: 1, maxLength: 20 }),
})
const document: fc.Arbitrary<VisionDoc> = fc
  .record({
    strokes: fc.array(stroke, { maxLength: 5 }),
    crop: fc.record({ x: share, y: share, size: share }),
    registers: fc.nat(4),
    side: fc.constantFrom(null, 32, 48),
    ablated: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 4 }),
    positionTable: fc.oneof(
      fc.record({ type: fc.constant('trained' as const), interpolation: fc.constantFrom('bicubic', 'nearest') }),
      fc.record({ type: fc.constant('shuffled' as const), seed: fc.nat() }),
      fc.constantFrom({ type: 'off' as const }, { type: 'sine' as const }),
    ),
  })
  .map(({ registers, ...rest }) => {
    const base = fromImage({ rows: 8, columns: 8 }, registers)
    return { model: 'clsroom-vit', sequence: base, base, mask: DEFAULT_MASK, ...rest } as VisionDoc
  })
const LOOK = { tool: '', layer: 1, head: 'mean' as const, reading: 'head' as const, query: 0 }

test('what is painted, cropped and pinned comes back as it was, however far the pen went', async () => {
  await fc.assert(
    fc.asyncProperty(document, document, async (doc, pinned) => {
      const photo = { name: 'horse.jpg', source: 'sample' as const }
      const link = encodeVision(doc, photo, LOOK, { doc: pinned, photo })
      expect(link.pinned).toBeDefined()
      expect(await decodeLink(VISION_FORMAT, encodeLink(VISION_FORMAT, link))).toEqual(JSON.parse(JSON.stringify(link)))
    }),
    { numRuns: 200 },
  )
})

test('a stroke of any length is one that a link holds, and goes on under the pen', () => {
  let points: Stroke['points'] = [[0, 0]]
  for (let i = 1; i <= 3 * MAX_POINTS; i++) points = grown(points, [i / (3 * MAX_POINTS), 0.5])
  expect(points.length).toBeLessThanOrEqual(MAX_POINTS)
  expect(points.at(-1)).toEqual([1, 0.5])
})
