/** Every state that the lab can reach is one that its links hold. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grown, MAX_POINTS, type Stroke, withinReach } from '../../../loaders/image_paint.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { fromImage } from '../../../sequence/patches.ts'
import { decodeLink, encodeLink } from '../../../state/permalink.ts'
import { absentFrom, encodeVision, VISION_FORMAT, type VisionLink } from './link.ts'
import type { Photo, VisionDoc } from './run.ts'

type Shown = Pick<Photo, 'name' | 'source' | 'copy'>

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

const photo: fc.Arbitrary<Shown> = fc.oneof(
  fc.constantFrom({ name: 'horse.jpg', source: 'sample' as const }, { name: 'camera', source: 'camera' as const }),
  fc.constantFrom('iVBORw0KGgo', 'UklGRg', null).map((copy) => ({ name: 'own', source: 'own' as const, copy })),
)

test('what is painted, cropped and pinned comes back as it was, however far the pen went', async () => {
  await fc.assert(
    fc.asyncProperty(document, photo, document, photo, async (doc, shown, pinned, itsPhoto) => {
      const link = encodeVision(doc, shown, LOOK, { doc: pinned, photo: itsPhoto })
      expect(await decodeLink(VISION_FORMAT, encodeLink(VISION_FORMAT, link))).toEqual(JSON.parse(JSON.stringify(link)))
      expect(photoIn(link, shown)).toEqual(heldOf(shown))
      expect(photoIn(link.pinned, shown)).toEqual(heldOf(itsPhoto))
      expect(absentFrom(link)).toBe(
        heldOf(shown) ? (heldOf(itsPhoto) ? null : 'pinned') : heldOf(itsPhoto) ? 'photo' : 'both',
      )
    }),
    { numRuns: 200 },
  )
})

test('a photo of one’s own that is shown and pinned is in the link once, and what was painted on it both times', () => {
  const doc = fc.sample(
    document.filter(({ strokes }) => strokes.length > 0),
    1,
  )[0] as VisionDoc
  const own = { name: 'me.jpg', source: 'own' as const, copy: 'UklGRg' }
  const link = encodeVision(doc, own, LOOK, { doc, photo: own })
  expect(JSON.stringify(link).split('UklGRg')).toHaveLength(2)
  expect(JSON.stringify(link)).not.toContain('me.jpg')
  expect(link.pinned).toMatchObject({ same: true, strokes: doc.strokes })
  expect(link.strokes).toEqual(doc.strokes)
})

/** The photo that a link, or its pinned run, names or holds. */
function photoIn(link: VisionLink['pinned'], shown: Shown) {
  return link?.sample ?? link?.photo ?? (link?.same ? shown.copy : null)
}

function heldOf({ source, name, copy }: Shown) {
  return source === 'sample' ? name : (source === 'own' && copy) || null
}

test('a stroke of any length is one that a link holds, and goes on under the pen', () => {
  let points: Stroke['points'] = [[0, 0]]
  for (let i = 1; i <= 3 * MAX_POINTS; i++) points = grown(points, [i / (3 * MAX_POINTS), 0.5])
  expect(points.length).toBeLessThanOrEqual(MAX_POINTS)
  expect(points.at(-1)).toEqual([1, 0.5])
})
