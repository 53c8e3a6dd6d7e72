/** T5's relative positions: distances in buckets, one for each near distance, then wider and wider ones. */

/** How distances are put into buckets. */
export interface DistanceBuckets {
  buckets: number
  /** From here on, all distances are in the last bucket. */
  furthest: number
}

/**
 * The bucket of a distance (transformers' T5Attention._relative_position_bucket).
 * @param distance of a key from its query
 * @param bothSides whether keys that come after have buckets of their own; otherwise they count as distance 0
 */
export function distanceBucket(distance: number, bothSides: boolean, { buckets, furthest }: DistanceBuckets): number {
  const half = bothSides ? Math.floor(buckets / 2) : buckets
  const first = bothSides && distance > 0 ? half : 0
  const far = bothSides ? Math.abs(distance) : Math.max(0, -distance)
  const exact = Math.floor(half / 2)
  if (far < exact) return first + far
  const wider = Math.floor((Math.log(far / exact) / Math.log(furthest / exact)) * (half - exact))
  return first + Math.min(half - 1, exact + wider)
}

/** The distances of each bucket, as [first, last]; the last of a side reaches as far as there is text. Null: none has it. */
export function bucketRanges(bothSides: boolean, shape: DistanceBuckets): ([from: number, to: number] | null)[] {
  const ranges: ([number, number] | null)[] = Array.from({ length: shape.buckets }, () => null)
  for (let distance = -shape.furthest; distance <= (bothSides ? shape.furthest : 0); distance++) {
    const bucket = distanceBucket(distance, bothSides, shape)
    ranges[bucket] = [ranges[bucket]?.[0] ?? distance, distance]
  }
  return ranges
}
