/** How good detections are over a set of scenes: precision, recall, average precision (Everingham et al. 2010, "The PASCAL VOC Challenge"). */

import { byScore, type Detection, iou, type Labelled } from './boxes.ts'

export interface Judged {
  objects: readonly Labelled[]
  detections: readonly Detection[]
}

/** A detection is right where it overlaps an object of its class at least so much that no better one took. */
export const RIGHT_IOU = 0.5

interface Verdict {
  score: number
  label: string
  isRight: boolean
}

function verdicts({ objects, detections }: Judged): Verdict[] {
  const taken = new Set<Labelled>()
  return byScore(detections).map(({ score, label, box }) => {
    const free = objects.filter((object) => object.label === label && !taken.has(object))
    const best = free.reduce<Labelled | null>(
      (found, object) => (!found || iou(object.box, box) > iou(found.box, box) ? object : found),
      null,
    )
    const isRight = best !== null && iou(best.box, box) >= RIGHT_IOU
    if (isRight) taken.add(best)
    return { score, label, isRight }
  })
}

export interface Quality {
  /** NaN where nothing is said, or there is nothing to find. */
  precision: number
  recall: number
  right: number
  said: number
  objects: number
}

/** Of the detections above a score. */
export function qualityAt(scenes: readonly Judged[], threshold: number): Quality {
  const said = scenes.flatMap(({ objects, detections }) =>
    verdicts({ objects, detections: detections.filter(({ score }) => score > threshold) }),
  )
  const objects = scenes.reduce((sum, scene) => sum + scene.objects.length, 0)
  const right = said.filter(({ isRight }) => isRight).length
  return { precision: right / said.length, recall: right / objects, right, said: said.length, objects }
}

/**
 * The area under precision over recall, each precision raised to the best one at no smaller recall; the mean over the classes that
 * are there. NaN where no scene has an object.
 */
export function averagePrecision(scenes: readonly Judged[]): number {
  const labels = [...new Set(scenes.flatMap(({ objects }) => objects.map(({ label }) => label)))]
  const all = scenes.flatMap(verdicts).sort((a, b) => b.score - a.score)
  const each = labels.map((label) => {
    const objects = scenes.flatMap((scene) => scene.objects).filter((object) => object.label === label).length
    return areaUnder(
      all.filter((one) => one.label === label),
      objects,
    )
  })
  return each.reduce((sum, area) => sum + area, 0) / each.length
}

function areaUnder(ranked: readonly Verdict[], objects: number): number {
  let right = 0
  const precisions = ranked.map(({ isRight }, i) => {
    if (isRight) right++
    return right / (i + 1)
  })
  return ranked.reduce((sum, { isRight }, i) => (isRight ? sum + Math.max(...precisions.slice(i)) / objects : sum), 0)
}
