/** Boxes as detectors say them: centre, width and height as shares of the picture. */

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Labelled {
  label: string
  box: Box
}

/** What a query says. */
export interface Detection extends Labelled {
  /** The place of the query among those that asked. */
  row: number
  /** The probability of its best class; no object is none. */
  score: number
  /** Whether no object is more probable than every class. */
  isNone: boolean
}

export function boxAt(data: ArrayLike<number>, row: number): Box {
  const [x, y, width, height] = [0, 1, 2, 3].map((i) => data[4 * row + i] as number) as [number, number, number, number]
  return { x, y, width, height }
}

/** From corners in pixels. */
export function boxOfCorners(corners: readonly [number, number, number, number], width: number, height: number): Box {
  const [left, top, right, bottom] = corners
  return {
    x: (left + right) / 2 / width,
    y: (top + bottom) / 2 / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  }
}

const area = ({ width, height }: Box) => Math.max(0, width) * Math.max(0, height)

/** Along one axis: how far two spans overlap, and what holds both. */
function spans(a: number, aSize: number, b: number, bSize: number): { shared: number; hull: number } {
  const [from, to] = [Math.max(a - aSize / 2, b - bSize / 2), Math.min(a + aSize / 2, b + bSize / 2)]
  const hull = Math.max(a + aSize / 2, b + bSize / 2) - Math.min(a - aSize / 2, b - bSize / 2)
  return { shared: Math.max(0, to - from), hull }
}

/** Intersection over union; 0 of two boxes without area. */
export function iou(a: Box, b: Box): number {
  return overlap(a, b).iou
}

/** IoU − (hull − union) / hull: negative where the boxes lie apart (Rezatofighi et al. 2019, "Generalized Intersection over Union"). */
export function giou(a: Box, b: Box): number {
  const { iou: shared, union, hull } = overlap(a, b)
  return hull > 0 ? shared - (hull - union) / hull : shared
}

function overlap(a: Box, b: Box) {
  const [x, y] = [spans(a.x, a.width, b.x, b.width), spans(a.y, a.height, b.y, b.height)]
  const shared = x.shared * y.shared
  const union = area(a) + area(b) - shared
  return { iou: union > 0 ? shared / union : 0, union, hull: x.hull * y.hull }
}

/** Σ |a − b| over centre, width and height. */
export function l1(a: Box, b: Box): number {
  return (['x', 'y', 'width', 'height'] as const).reduce((sum, part) => sum + Math.abs(a[part] - b[part]), 0)
}

/** Boxes of one class that overlap more than this are said to be duplicates. */
export const DUPLICATE_IOU = 0.5

/** How many of the detections repeat a better one of the same class. */
export function duplicates(detections: readonly Detection[]): number {
  return detections.length - suppressed(detections, DUPLICATE_IOU).length
}

/** Non-maximum suppression by class: of those that overlap more than `most`, the best alone stays. */
export function suppressed<D extends Detection>(detections: readonly D[], most: number): D[] {
  const kept: D[] = []
  for (const one of byScore(detections)) {
    if (!kept.some((better) => better.label === one.label && iou(better.box, one.box) > most)) kept.push(one)
  }
  return kept
}

/** Best first; equal ones keep their order. */
export function byScore<D extends Detection>(detections: readonly D[]): D[] {
  return [...detections].sort((a, b) => b.score - a.score)
}
