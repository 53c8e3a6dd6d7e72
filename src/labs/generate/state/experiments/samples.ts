/** Seeded samples of what a model writes, and what they are like together. */

import type { LoadedModel } from '../../../../engine/protocol.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import { type EndPlan, planRequest } from './ends.ts'
import { decode, mean } from './shown.ts'

export interface Sample {
  /** New tokens, the end included. */
  tokens: number[]
  /** An end token that no rule forced. */
  ends: boolean
  /** Of its new tokens, by the model without rules. */
  meanLogProbability: number
}

export interface SampleFacts {
  count: number
  meanLength: number
  ends: number
  /** Different n-grams of all n-grams in all samples (Li et al. 2016, "A Diversity-Promoting Objective Function"). */
  distinct1: number
  distinct2: number
  /** 4-grams of a sample that stood in it before, as the mean over samples (Welleck et al. 2020, "Neural Text Generation With Unlikelihood Training"). */
  repetition4: number
  meanLogProbability: number
}

export interface SamplePlan {
  count: number
  /** Of the first sample; the others follow. */
  seed: number
  maxNewTokens: number
  temperature: number
  ends: EndPlan
}

/** @returns the samples so far where it was stopped */
export async function drawSamples(
  engine: Pick<Engine, 'generate' | 'forward'>,
  model: Pick<LoadedModel, 'id' | 'info'>,
  prompt: readonly number[],
  plan: SamplePlan,
  step: Step<Sample[]>,
): Promise<Sample[]> {
  const { count, seed, maxNewTokens, temperature } = plan
  const endTokens = model.info.generates?.endTokens ?? []
  const samples: Sample[] = []
  for (let i = 0; i < count; i++) {
    if (!step(i, count, [...samples])) break
    const { sequences } = await engine.generate({
      model: model.id,
      inputIds: [...prompt],
      maxNewTokens,
      ...planRequest(plan.ends, maxNewTokens),
      sample: { seed: seed + i, temperature },
    })
    const tokens = sequences[0]?.slice(prompt.length) ?? []
    const { next } = await decode(engine, { model, ids: [...prompt, ...tokens] }, { next: {} })
    const losses = next?.losses.subarray(prompt.length - 1, -1) ?? []
    const { forceAt } = plan.ends
    samples.push({
      tokens,
      ends: endTokens.includes(tokens.at(-1) as number) && (forceAt === null || tokens.length < forceAt),
      meanLogProbability: -mean(losses),
    })
  }
  return samples
}

export function sampleFacts(samples: readonly Sample[]): SampleFacts {
  const distinct = (n: number) => {
    const grams = samples.flatMap(({ tokens }) => ngrams(tokens, n))
    return new Set(grams).size / grams.length
  }
  return {
    count: samples.length,
    meanLength: mean(samples.map(({ tokens }) => tokens.length)),
    ends: mean(samples.map(({ ends }) => (ends ? 1 : 0))),
    distinct1: distinct(1),
    distinct2: distinct(2),
    repetition4: mean(
      samples.map(({ tokens }) => {
        const grams = ngrams(tokens, 4)
        return grams.length === 0 ? 0 : 1 - new Set(grams).size / grams.length
      }),
    ),
    meanLogProbability: mean(samples.map(({ meanLogProbability }) => meanLogProbability)),
  }
}

function ngrams(tokens: readonly number[], n: number): string[] {
  return tokens.slice(0, Math.max(0, tokens.length - n + 1)).map((_, i) => tokens.slice(i, i + n).join(' '))
}
