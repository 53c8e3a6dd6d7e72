/** What lessons measure in the detect lab: what queries say, what they read, who repeats whom. Queries are counted from 1, as the page names them. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { byScore, type Detection, DUPLICATE_IOU, duplicates, iou, suppressed } from '../state/boxes.ts'
import type { DetectLabState } from '../state/lab.ts'
import { qualityAt } from '../state/precision.ts'
import { CLOSABLE, STATUSES } from '../state/queries.ts'
import { type DetectRun, found, probabilityOf, queryName, queryReads } from '../state/run.ts'

const nothing = z.strictObject({})
const query = z.int().min(1)

/** Two boxes that overlap so much are one. */
const SAME_IOU = 0.99

const measures: Measures<DetectLabState> = {
  ...lookMeasures<DetectLabState>(),
  /** How many queries there are; those that say a class above the page's threshold, or no object; those of a status. */
  queries: measure(
    z.strictObject({ say: z.enum(['object', 'none']).optional(), status: z.enum(STATUSES).optional() }),
    ({ run, look }, { say, status }) => {
      if (!run) return null
      if (say === 'object') return found(run, look.threshold).length
      if (say === 'none') return run.detections.filter(({ isNone }) => isNone).length
      return run.doc.queries.filter((one) => status === undefined || one.status === status).length
    },
  ),
  /** What a query says: its class, or `none`; null: it does not ask. */
  says: measure(z.strictObject({ query }), ({ run }, given) => {
    const said = run && saidBy(run, given.query)
    return said ? (said.isNone ? 'none' : said.label) : null
  }),
  /** How a query is read: `read`, `hidden`, `masked` or `removed`. */
  status: measure(z.strictObject({ query }), ({ run }, given) => run?.doc.queries[given.query - 1]?.status ?? null),
  /** The trained query whose vector a query starts from, by its number. */
  vector: measure(z.strictObject({ query }), ({ run }, given) => {
    const asked = run?.doc.queries[given.query - 1]
    return asked ? asked.of + 1 : null
  }),
  /** What all queries start from; null where they do not start from the same. */
  start: measure(nothing, ({ run }) => {
    const [first, ...others] = run?.doc.queries ?? []
    return first && others.every(({ start }) => start === first.start) ? first.start : null
  }),
  /** The probability that a query gives a class. */
  score: measure(z.strictObject({ query, label: z.string().max(60) }), ({ run }, given) => {
    const said = run && saidBy(run, given.query)
    return said ? probabilityOf(run, said.row, given.label) : null
  }),
  /** The query that says a class, by its name; of several the surest. */
  sayer: measure(z.strictObject({ label: z.string().max(60) }), ({ run, look }, { label }) => {
    if (!run) return null
    const [best] = byScore(found(run, look.threshold).filter((one) => one.label === label))
    return best ? nameOf(run, best) : null
  }),
  /** The query that is chosen, by its name. */
  chosen: measure(nothing, ({ model, look }) => model && queryName(model.info, look.query)),
  /** Who says now what a query said as the step began, of the same box: another one's name; null: nobody. */
  heir: measure(z.strictObject({ of: query }), ({ run, look }, given, start) => {
    const earlier = start.run && saidBy(start.run, given.of)
    if (!run || !earlier) return null
    const others = found(run, look.threshold).filter(
      (one) =>
        placeOf(run, one) !== given.of && one.label === earlier.label && iou(one.box, earlier.box) > DUPLICATE_IOU,
    )
    const [best] = byScore(others)
    return best ? nameOf(run, best) : null
  }),
  /** How far a query's box overlaps the one that another (or it itself) said as the step began: 0 to 1. */
  overlap: measure(z.strictObject({ query, with: query }), ({ run }, given, start) => {
    const [now, then] = [run && saidBy(run, given.query), start.run && saidBy(start.run, given.with)]
    return now && then ? iou(now.box, then.box) : null
  }),
  /** How many boxes repeat a better one of the same class. */
  duplicates: measure(nothing, ({ run, look }) => run && duplicates(found(run, look.threshold))),
  /** How many boxes the page shows: those of a class, less what NMS drops where it is on. */
  boxes: measure(nothing, ({ run, look }) => run && shown(run, look).length),
  /** How many different answers the queries give: another class, or another box. */
  different: measure(nothing, ({ run }) => {
    if (!run) return null
    const kinds: Detection[] = []
    for (const one of run.detections) {
      const isThere = kinds.some(
        (other) => other.label === one.label && other.isNone === one.isNone && iou(other.box, one.box) > SAME_IOU,
      )
      if (!isThere) kinds.push(one)
    }
    return kinds.length
  }),
  /** True objects that are found, of those that there are. */
  right: measure(nothing, ({ run, look }) =>
    run?.objects ? qualityAt([{ objects: run.objects, detections: shown(run, look) }], 0).right : null,
  ),
  objects: measure(nothing, ({ run }) => run?.objects?.length ?? null),
  /** The part of what a query reads in a layer (of the mean of heads) that is patches, itself, all other queries, or one of them. */
  reads: measure(
    z.strictObject({
      query,
      layer: z.int().min(1),
      of: z.union([z.enum(['patches', 'itself', 'others']), query]),
    }),
    ({ run }, given) => {
      const row = run ? rowOf(run, given.query) : -1
      const reads = run && queryReads(run, row, given.layer - 1, 'mean')
      if (!reads) return null
      if (given.of === 'patches') return sum(reads.patches)
      if (given.of === 'itself') return reads.queries[row] ?? null
      if (given.of === 'others') return sum(reads.queries) - (reads.queries[row] as number)
      return reads.queries[rowOf(run, given.of)] ?? null
    },
  ),
  /** Whether a part of the attention matrix is closed. */
  closed: measure(z.strictObject({ part: z.enum(CLOSABLE) }), ({ run }, { part }) =>
    run ? run.doc.closed.includes(part) : null,
  ),
}

export default measures

function rowOf({ asking }: DetectRun, place: number): number {
  return asking.findIndex((one) => one.place === place - 1)
}

function saidBy(run: DetectRun, place: number): Detection | undefined {
  const row = rowOf(run, place)
  return run.detections.find((one) => one.row === row)
}

function placeOf({ asking }: DetectRun, { row }: Detection): number {
  return (asking[row]?.place ?? row) + 1
}

function nameOf(run: DetectRun, one: Detection): string {
  return queryName(run.model.info, placeOf(run, one) - 1)
}

function shown(run: DetectRun, { threshold, nms }: DetectLabState['look']): Detection[] {
  const said = found(run, threshold)
  return nms ? suppressed(said, DUPLICATE_IOU) : said
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0)
}
