/** What queries say, and what became of it, in words. */

import { formatPercent } from '../../viz/format.ts'
import { className } from './class_name.ts'
import { type Detection, iou } from './state/boxes.ts'
import { type DetectRun, queryName } from './state/run.ts'
import { t } from './words/words.ts'

export function nameOfRow({ model: { info }, asking }: DetectRun, row: number): string {
  return queryName(info, asking[row]?.place ?? row)
}

export function saidBy({ label, score, isNone }: Detection): string {
  if (isNone) return t('said.none')
  return t('said.class', { label: className(label), score: formatPercent(score) })
}

const FOLLOWED_IOU = 0.5

/**
 * What an edit changed: who now answers for a box that another query answered for, who fell silent, who spoke up. Null where
 * there is nothing to compare with.
 */
export function changes(before: DetectRun | null, run: DetectRun, threshold: number): string[] | null {
  if (!before || before.doc.model !== run.doc.model) return null
  const speaks = ({ isNone, score }: Detection) => !isNone && score > threshold
  const placeOf = (of: DetectRun, one: Detection) => of.asking[one.row]?.place ?? -1
  const now = run.detections.filter(speaks)
  const then = before.detections.filter(speaks)
  const name = (place: number) => queryName(run.model.info, place)
  const lines: string[] = []
  for (const earlier of then) {
    const place = placeOf(before, earlier)
    const same = now.find((one) => placeOf(run, one) === place)
    if (same && same.label === earlier.label && iou(same.box, earlier.box) > FOLLOWED_IOU) continue
    const heir = now.find(
      (one) =>
        placeOf(run, one) !== place &&
        one.label === earlier.label &&
        iou(one.box, earlier.box) > FOLLOWED_IOU &&
        !then.some((other) => placeOf(before, other) === placeOf(run, one) && iou(other.box, one.box) > FOLLOWED_IOU),
    )
    const label = className(earlier.label)
    if (heir) lines.push(t('change.heir', { heir: name(placeOf(run, heir)), from: name(place), label }))
    else if (!same) lines.push(t('change.silent', { query: name(place), label }))
    else if (same.label !== earlier.label) {
      lines.push(t('change.label', { query: name(place), from: label, to: className(same.label) }))
    } else lines.push(t('change.moved', { query: name(place), label }))
  }
  for (const one of now) {
    const place = placeOf(run, one)
    const spoke = then.some((earlier) => placeOf(before, earlier) === place)
    const isHeir = then.some((earlier) => earlier.label === one.label && iou(earlier.box, one.box) > FOLLOWED_IOU)
    if (!spoke && !isHeir) lines.push(t('change.new', { query: name(place), label: className(one.label) }))
  }
  return lines
}
