/** The class of every sample photo by every head of the model, and where the heads agree. */

import { CENTRE } from '../../../loaders/image_crop.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { bestOf } from '../../../state/readouts.ts'
import { readSample, type Sample } from '../../shared/samples/samples.ts'
import { visionReadouts } from './readouts.ts'
import { runVision, sightOf, type VisionRun } from './run.ts'

export interface Judged {
  sample: Sample
  /** What the photo shows, where the model has a class of that name. */
  truth: string | null
  /** By head: its best class, and how probable. */
  answers: { head: string; label: string; probability: number }[]
}

const ANSWERS = { attentions: false, hiddenStates: false }

/** @param run whose model and sequence judge the samples, each in its largest square and unpainted */
export async function judgeSamples(
  engine: Engine,
  run: VisionRun,
  samples: readonly Sample[],
  step: Step<Judged[]>,
): Promise<Judged[]> {
  const { model } = run
  const doc = { ...run.doc, crop: CENTRE, strokes: [] }
  const judged: Judged[] = []
  for (const [i, sample] of samples.entries()) {
    if (!step(i, samples.length, [...judged])) break
    const picture = await engine.picture(await readSample(sample))
    const sight = sightOf({ name: sample.file, source: 'sample', picture }, picture, doc, model)
    const readouts = visionReadouts(await runVision(engine, { model, doc, sight, layer: 0 }, ANSWERS))
    // A number is no class that heads could agree on.
    const answers = readouts.filter(({ scoring }) => scoring !== 'none')
    const isClass = answers.some(({ names }) => sample.label !== null && names.includes(sample.label))
    judged.push({
      sample,
      truth: isClass ? sample.label : null,
      answers: answers.map((answer) => {
        const { id, scores, names } = answer
        const best = bestOf(answer)
        return { head: id, label: names[best] ?? `#${best}`, probability: scores[best] as number }
      }),
    })
  }
  return judged
}

export interface Agreement {
  /** Photos on which every head gives the same class. */
  all: number
  /** By pair of heads. */
  pairs: { heads: [string, string]; agree: number }[]
  /** By head: how many of the photos with a label it names rightly. */
  right: { head: string; right: number }[]
  judged: number
  labelled: number
}

export function agreementOf(judged: readonly Judged[]): Agreement {
  const heads = judged[0]?.answers.map(({ head }) => head) ?? []
  const labelOf = ({ answers }: Judged, head: string) => answers.find((answer) => answer.head === head)?.label
  const labelled = judged.filter(({ truth }) => truth !== null)
  return {
    all: judged.filter(({ answers }) => answers.every(({ label }) => label === answers[0]?.label)).length,
    pairs: heads.flatMap((a, i) =>
      heads.slice(i + 1).map((b) => ({
        heads: [a, b] as [string, string],
        agree: judged.filter((one) => labelOf(one, a) === labelOf(one, b)).length,
      })),
    ),
    right: heads.map((head) => ({
      head,
      right: labelled.filter((one) => labelOf(one, head) === one.truth).length,
    })),
    judged: judged.length,
    labelled: labelled.length,
  }
}
