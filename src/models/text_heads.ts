/** The heads of the usual text tasks, as transformers' classes store them. */

import type { Activation } from '../core/ops.ts'
import { labelsOf, scoring } from './config.ts'
import type { WordTable } from './tables.ts'
import type { ClassHead, HeadTransform, TextHeads } from './text_encoder.ts'
import type { WeightReader } from './weights.ts'

/** What a question answering head gives for each token. */
const SPAN = ['start', 'end']

interface ClassConfig {
  id2label?: Readonly<Record<string, string>>
  num_labels: number
  problem_type?: string
  architectures?: readonly string[]
}

/**
 * What a weight called `classifier` answers for. Token and sequence classifiers may store it under one name and in one shape; then only
 * the architecture tells them apart, or else what transformers gives to sequence classifiers alone.
 * @param answersOnce whether the checkpoint has that
 * @returns undefined for a head over something else, such as the choices of a question
 */
export function classified(config: ClassConfig, answersOnce: boolean): 'once' | 'tokens' | undefined {
  if (isFor(config, 'TokenClassification')) return 'tokens'
  if (isFor(config, 'MultipleChoice')) return undefined
  return answersOnce || isFor(config, 'SequenceClassification') ? 'once' : 'tokens'
}

/** Whether the class of transformers that saved the checkpoint is one for this task. */
export function isFor({ architectures = [] }: ClassConfig, task: string): boolean {
  return architectures.some((name) => name.endsWith(`For${task}`))
}

/** Classes over what a model pools. */
export function classesOnce(config: ClassConfig, reader: WeightReader, name: string, width: number): ClassHead {
  const labels = labelsOf(config)
  return { weights: reader.linear(name, width, labels.length), labels, scoring: scoring(config) }
}

/** Classes that a causal decoder reads from its last token, where the checkpoint has them. */
export function lastTokenClasses(
  config: ClassConfig & { pad_token_id?: number },
  reader: WeightReader,
  width: number,
): (ClassHead & { padToken?: number }) | undefined {
  if (!reader.has('score.weight')) return undefined
  return { ...classesOnce(config, reader, 'score', width), padToken: config.pad_token_id }
}

/** Classes for every token. */
export function classesPerToken(config: ClassConfig, reader: WeightReader, name: string, width: number): ClassHead {
  const labels = labelsOf(config)
  return { weights: reader.linear(name, width, labels.length), labels }
}

/** Start and end of an answer, where the checkpoint has such a head. */
export function span(reader: WeightReader, width: number, name = 'qa_outputs'): ClassHead | undefined {
  return reader.has(`${name}.weight`) ? { weights: reader.linear(name, width, SPAN.length), labels: SPAN } : undefined
}

/**
 * A head over the vocabulary, where the checkpoint has one.
 * @param names of its parts; a decoder that is tied is stored once, under either name, and so is its bias
 * @param inputs width of what it reads
 */
export function vocabularyHead(
  reader: WeightReader,
  names: { dense: string; norm: string; decoder: string; bias: string[] },
  {
    words,
    tied,
    inputs,
    activation,
    normBias,
  }: {
    words: WordTable
    tied: boolean
    inputs: number
    activation: Activation
    normBias?: boolean
  },
): TextHeads['mlm'] {
  if (!reader.has(`${names.dense}.weight`)) return undefined
  const [V, E] = words.table.shape as [number, number]
  const transform: HeadTransform = {
    dense: reader.linear(names.dense, inputs, E),
    activation,
    norm: reader.layerNorm(names.norm, E, normBias),
  }
  const own = `${names.decoder}.weight`
  const biases = tied ? names.bias : names.bias.toReversed()
  const hasBias = biases.some((name) => reader.has(name))
  return {
    transform,
    decoder: {
      weight: reader.transposed(tied ? words.name : reader.first(own, words.name), V, E),
      bias: hasBias ? reader.tensor(reader.first(...biases), [V]) : reader.constant([V], new Float32Array(V)),
    },
  }
}
