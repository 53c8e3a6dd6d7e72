/** Runs over many pictures: the sample photos mirrored, turned and with other rims, whose right answers are known. */

import { uniform } from '../../../../core/random.ts'
import { remove } from '../../../../sequence/edit.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import { bestOf, type Readout } from '../../../../state/readouts.ts'
import { COLOURS, mirror, QUARTERS, type Quarters, type Rim } from './lesson.ts'
import { answerAt, type Place } from './pooled.ts'
import { answersOf } from './readings.ts'
import { AMONG, type ClassReads, classTokens } from './reads.ts'
import { type Photo, type PictureDoc, type PictureRun, runPicture } from './run.ts'

type Runner = Pick<Engine, 'forward'>

export interface Variation {
  photo: Photo
  quarters: Quarters
  rim: Rim | null
}

const SEED = 1
/** Rims of each photo at each turn: its own, and this many painted ones by lot. */
const PAINTED = 2
/** How much of the rim's paint covers: the photo shines through, as no rim of a real photo has one colour. */
const COVERS = 0.8

/**
 * Every photo as it is and mirrored, by all four quarters, with its own rim and others by lot.
 * @param painted how many other rims each gets
 */
export function variationsOf(photos: readonly Photo[], painted = PAINTED): Variation[] {
  const next = uniform(SEED)
  const colour = () => COLOURS[Math.floor(next() * COLOURS.length)] ?? 'grey'
  return photos.flatMap((photo) =>
    [photo, { ...photo, picture: mirror(photo.picture) }].flatMap((one) =>
      QUARTERS.flatMap((quarters) => [
        { photo: one, quarters, rim: null },
        ...Array.from({ length: painted }, () => ({
          photo: one,
          quarters,
          rim: { colour: colour(), strength: COVERS },
        })),
      ]),
    ),
  )
}

/** How often an answer is right, of the pictures whose right answer is known. */
export interface Tally {
  right: number
  of: number
}

function count(tally: Tally, { names, scores }: Pick<Readout, 'names' | 'scores'>, truth: string): Tally {
  return { right: tally.right + (names[bestOf({ scores })] === truth ? 1 : 0), of: tally.of + 1 }
}

const NONE: Tally = { right: 0, of: 0 }

// -------------------------------------------------------------------------------------------------- every head everywhere

export interface ProbeMatrix {
  heads: string[]
  places: Place[]
  /** [heads][places] */
  tallies: Tally[][]
  /** By head how often its most frequent right answer was right: what whoever sees nothing would reach. */
  blind: Tally[]
  pictures: number
}

/** The places where heads are asked: every class token of a run, and both means of the patches. */
export function placesOf({ tokens }: Pick<PictureRun, 'tokens'>): Place[] {
  const own = tokens.flatMap(({ kind, key }): Place[] => (kind === 'cls' ? [{ of: 'token', key }] : []))
  return [...own, { of: 'mean' }, { of: 'attention' }]
}

/** The accuracy of every head at every place, over many pictures, with the tokens and masks of the run. */
export async function probeEverywhere(
  engine: Runner,
  run: PictureRun,
  variations: readonly Variation[],
  step: Step<ProbeMatrix>,
): Promise<ProbeMatrix> {
  const { layers, heads: attentionHeads, labels } = run.model.info
  const [heads, places] = [Object.keys(labels), placesOf(run)]
  const last = Array.from({ length: attentionHeads }, (_, head): [number, number] => [layers - 1, head])
  const tallies = heads.map(() => places.map(() => NONE))
  const truths = heads.map(() => new Map<string, number>())
  const soFar = (pictures: number): ProbeMatrix => ({
    heads,
    places,
    tallies: tallies.map((row) => [...row]),
    blind: truths.map(mostFrequent),
    pictures,
  })
  for (const [i, variation] of variations.entries()) {
    if (!step(i, variations.length, soFar(i))) return soFar(i)
    const one = await vary(engine, run, variation, run.doc, { attentions: last, hiddenStates: false })
    for (const [h, head] of heads.entries()) {
      const truth = one.truth[head] ?? null
      if (truth === null) continue
      truths[h]?.set(truth, (truths[h]?.get(truth) ?? 0) + 1)
      for (const [p, place] of places.entries()) {
        const answer = answerAt(one, head, place)
        const row = tallies[h] as Tally[]
        if (answer) row[p] = count(row[p] ?? NONE, answer, truth)
      }
    }
  }
  return soFar(variations.length)
}

function mostFrequent(truths: ReadonlyMap<string, number>): Tally {
  const counts = [...truths.values()]
  return { right: Math.max(0, ...counts), of: counts.reduce((sum, one) => sum + one, 0) }
}

function vary(
  engine: Runner,
  run: PictureRun,
  { photo, quarters, rim }: Variation,
  doc: PictureDoc,
  capture: Parameters<typeof runPicture>[2],
): Promise<PictureRun> {
  return runPicture(engine, { model: run.model, photo, doc: { ...doc, quarters, rim }, layer: 0 }, capture)
}

// -------------------------------------------------------------------------------------------------------- who reads whom

/** One way to restrict what is read, or to leave a class token out. */
export type Restriction = { type: 'reads'; reads: ClassReads } | { type: 'removed'; key: number; label: string }

export interface Restricted {
  restriction: Restriction
  /** By head; of is 0 where nobody answers. */
  tallies: Tally[]
  /** Answers that are not those of the open model, of all that both gave. */
  changed: Tally
}

/** The open model first. */
export function restrictionsOf({ base }: Pick<PictureDoc, 'base'>): Restriction[] {
  const tokens = classTokens(base)
  const among = tokens.length > 1 ? AMONG : (['all'] as const)
  return [
    ...among.map((one): Restriction => ({ type: 'reads', reads: { among: one, patchesBlind: false } })),
    { type: 'reads', reads: { among: 'all', patchesBlind: true } },
    ...(tokens.length > 1 ? [{ type: 'reads', reads: { among: 'own', patchesBlind: true } } as const] : []),
    ...tokens.map(({ key, label }): Restriction => ({ type: 'removed', key, label })),
  ]
}

const ANSWERS = { attentions: false, hiddenStates: false, rowAnswers: false } as const

/** What each restriction does to every task over many pictures; tokens are the model's own otherwise. */
export async function restrictEach(
  engine: Runner,
  run: PictureRun,
  variations: readonly Variation[],
  step: Step<Restricted[]>,
): Promise<Restricted[]> {
  const heads = Object.keys(run.model.info.labels)
  const restrictions = restrictionsOf(run.doc)
  const results = restrictions.map(
    (restriction): Restricted => ({ restriction, tallies: heads.map(() => NONE), changed: NONE }),
  )
  const total = variations.length * restrictions.length
  for (const [v, variation] of variations.entries()) {
    const open = new Map<string, string>()
    for (const [r, restriction] of restrictions.entries()) {
      if (
        !step(
          v * restrictions.length + r,
          total,
          results.map((one) => ({ ...one })),
        )
      )
        return results
      const result = results[r] as Restricted
      const one = await vary(engine, run, variation, restricted(run.doc, restriction), ANSWERS)
      for (const answer of answersOf(one)) {
        const said = answer.names[bestOf(answer)] ?? ''
        if (r === 0) open.set(answer.id, said)
        result.changed = {
          right: result.changed.right + (open.get(answer.id) === said ? 0 : 1),
          of: result.changed.of + 1,
        }
        const truth = one.truth[answer.id] ?? null
        const h = heads.indexOf(answer.id)
        if (truth !== null) result.tallies[h] = count(result.tallies[h] ?? NONE, answer, truth)
      }
    }
  }
  return results
}

function restricted({ base, ...doc }: PictureDoc, restriction: Restriction): PictureDoc {
  const open = { ...doc, base, sequence: base, ablated: [] }
  if (restriction.type === 'reads') return { ...open, reads: restriction.reads }
  return { ...open, reads: { among: 'all', patchesBlind: false }, sequence: remove(base, [restriction.key]) }
}
