/** One token after another: a model that writes, a search that chooses, and the keys and values that are kept between steps. */

import { ClsroomError } from '../core/errors.ts'
import { softmax } from '../core/logits.ts'
import type { Backend, Session } from '../core/ops.ts'
import { isWriter, type Model, type Past, type Writer } from '../models/model.ts'
import { expectFiniteRun } from './finite.ts'
import type { BeamStep, EndRules, Generated, GenerateRequest, OnStep } from './protocol.ts'
import { beamSearch, type Continuation, drawn, type Search, type SearchPlan, singleSearch } from './search.ts'

/**
 * What transformers' `generate` answers: sequences with the prompt, or with the decoder's start, best first.
 * @param stopped asked before every step
 * @throws ClsroomError `input` where the request does not fit the model
 */
export async function generate(
  model: Model,
  { backend, session }: { backend: Backend; session: Session },
  request: GenerateRequest,
  stopped?: AbortSignal,
  onStep?: OnStep,
): Promise<Generated> {
  const writer = writerOf(model)
  const { maxNewTokens, minNewTokens = 0, numBeams = 1, suppressTokens = [] } = request
  const prompt = promptOf(writer, request)
  checkRequest(writer, request, prompt.length)
  const { endTokens } = writer.info.generates as { endTokens: number[] }
  const plan = { maxNewTokens, lengthPenalty: request.lengthPenalty ?? 1, endTokens: new Set(endTokens) }
  const trace = request.trace ? [] : undefined
  const search = searchOf(request, plan, trace)
  const sources = writer.info.decoder ? request.inputIds.length : 0
  const beams = new Beams(writer, backend, { count: numBeams, tokens: prompt.length + maxNewTokens, sources })
  try {
    let rows = await beams.begin(session, request.inputIds, prompt)
    for (let written = 0; ; written++) {
      const forbidden = written < minNewTokens ? [...suppressTokens, ...endTokens] : suppressTokens
      // Where nothing may end yet no rule can end it.
      const rules = written < minNewTokens ? undefined : request.ends
      const ended = rows.map((logits) => withEndRules(logits, rules, endTokens, written + 1))
      const running = search.advance(ended.map((logits) => logProbabilities(logits, forbidden)))
      if (running.length === 0) break
      if (stopped?.aborted) throw new ClsroomError('input', 'Writing was stopped')
      onStep?.(written + 1, maxNewTokens)
      rows = await beams.goOn(session, running)
    }
  } finally {
    backend.free(beams.tensors)
  }
  const finished = search.finished()
  return {
    sequences: finished.map(({ tokens }) => [...prompt, ...tokens]),
    scores: finished.map(({ score }) => score),
    ...(trace && { trace }),
  }
}

/** The logits with rules about the end: biased, and the rest out of reach where the text has to end. @param nth which new token it is, from 1 */
export function withEndRules(
  logits: Float32Array,
  rules: EndRules | undefined,
  endTokens: number[],
  nth: number,
): Float32Array {
  if (!rules) return logits
  const { bias = 0, forceAt = Number.POSITIVE_INFINITY, threshold = Number.POSITIVE_INFINITY } = rules
  const ruled = logits.slice()
  for (const token of endTokens) ruled[token] = (ruled[token] as number) + bias
  const probabilities = threshold <= 1 ? softmax(ruled) : []
  const end = endTokens.reduce((sum, token) => sum + (probabilities[token] ?? 0), 0)
  if (nth < forceAt && end < threshold) return ruled
  return ruled.map((value, token) => (endTokens.includes(token) ? value : Number.NEGATIVE_INFINITY))
}

/** The hypotheses that run, each with its keys and values; all are of one length. */
class Beams {
  readonly tensors: Past['layers']
  private readonly writer: Writer
  /** Those of the running hypotheses first, in their order. */
  private pasts: Past[]

  constructor(
    writer: Writer,
    backend: Backend,
    { count, tokens, sources }: { count: number; tokens: number; sources: number },
  ) {
    this.writer = writer
    const first = writer.remember(backend, tokens, sources)
    // All read the same source.
    const others = Array.from({ length: count - 1 }, () => ({
      ...writer.remember(backend, tokens, 0),
      cross: first.cross,
    }))
    this.pasts = [first, ...others]
    this.tensors = [...first.cross, ...this.pasts.flatMap(({ layers }) => layers)]
  }

  /** Logits [V] of what follows the prompt. */
  async begin(session: Session, sources: number[], prompt: number[]): Promise<Float32Array[]> {
    const [first] = this.pasts as [Past]
    const { arrays } = await session.run((ops) => {
      this.writer.read?.(ops, first, Uint32Array.from(sources))
      return [this.writer.step(ops, first, Uint32Array.from(prompt))]
    })
    first.length = prompt.length
    return finite(arrays)
  }

  /** Logits [V] of what follows each of these hypotheses. */
  async goOn(session: Session, running: readonly Continuation[]): Promise<Float32Array[]> {
    const { pasts, copies } = this.inherited(running)
    const { arrays } = await session.run((ops) => {
      for (const { from, to } of copies) {
        to.layers.forEach((rows, layer) => {
          ops.keep(rows, from.layers[layer] as Past['layers'][number], 0)
        })
        to.length = from.length
      }
      return running.map(({ token }, i) => this.writer.step(ops, pasts[i] as Past, Uint32Array.of(token)))
    })
    for (const past of pasts.slice(0, running.length)) past.length += 1
    this.pasts = pasts
    return finite(arrays)
  }

  /** The first child of a hypothesis goes on with its keys and values; others get a copy in the place of one that ended. */
  private inherited(running: readonly Continuation[]): { pasts: Past[]; copies: { from: Past; to: Past }[] } {
    const free = new Set(this.pasts)
    const firstChild = running.map(({ parent }, i) => running.findIndex((other) => other.parent === parent) === i)
    running.forEach(({ parent }, i) => {
      if (firstChild[i]) free.delete(this.pasts[parent] as Past)
    })
    const places = [...free]
    const copies: { from: Past; to: Past }[] = []
    const pasts = running.map(({ parent }, i) => {
      const from = this.pasts[parent] as Past
      if (firstChild[i]) return from
      const to = places.pop() as Past
      copies.push({ from, to })
      return to
    })
    return { pasts: [...pasts, ...places], copies }
  }
}

function finite(arrays: { dims: number[]; data: Float32Array }[]): Float32Array[] {
  expectFiniteRun(arrays.map((array) => ['the lm logits', array]))
  return arrays.map(({ data }) => data)
}

/** ln softmax; −∞ for what may not be written. */
function logProbabilities(logits: Float32Array, forbidden: readonly number[]): Float64Array {
  const out = softmax(logits).map(Math.log)
  for (const token of forbidden) out[token] = Number.NEGATIVE_INFINITY
  if (out.every((value) => value === Number.NEGATIVE_INFINITY)) {
    throw new ClsroomError('input', 'No token may be written', {
      found: `${forbidden.length} suppressed tokens`,
      expected: 'fewer than the vocabulary has',
    })
  }
  return out
}

function searchOf({ numBeams = 1, sample }: GenerateRequest, plan: SearchPlan, trace?: BeamStep[]): Search {
  return sample ? singleSearch(plan, drawn(sample)) : beamSearch(plan, numBeams, trace)
}

function writerOf(model: Model): Writer {
  if (isWriter(model)) return model
  throw new ClsroomError('input', 'This model does not write', {
    found: model.info.modelType,
    expected: 'a model with logits lm, such as gpt2, llama or t5',
  })
}

/** What the decoder reads first. */
function promptOf({ info }: Writer, { inputIds, decoderInputIds }: GenerateRequest): number[] {
  const start = info.decoder?.startToken
  if (start !== undefined) return decoderInputIds ?? [start]
  if (!decoderInputIds) return inputIds
  throw new ClsroomError('input', 'The model has no decoder beside an encoder', {
    found: `decoderInputIds for ${info.modelType}`,
    expected: 'inputIds alone',
  })
}

function checkRequest({ info }: Writer, request: GenerateRequest, prompt: number): void {
  const V = info.vocabulary as number
  for (const id of [...request.inputIds, ...(request.decoderInputIds ?? []), ...(request.suppressTokens ?? [])]) {
    inRange('A token id', id, 0, V - 1)
  }
  inRange('maxNewTokens', request.maxNewTokens, 1, info.maxTokens)
  inRange('minNewTokens', request.minNewTokens ?? 0, 0, request.maxNewTokens)
  inRange('numBeams', request.numBeams ?? 1, 1, MAX_BEAMS)
  inRange('lengthPenalty', request.lengthPenalty ?? 1, -100, 100, false)
  const { temperature = 1, topK = 1, topP = 1, seed = 0 } = request.sample ?? {}
  inRange('temperature', temperature, 0.001, 1000, false)
  inRange('topK', topK, 1, 2 ** 31)
  inRange('topP', topP, 0, 1, false)
  inRange('seed', seed, 0, 2 ** 32 - 1)
  const { bias = 0, forceAt = 1, threshold = 1 } = request.ends ?? {}
  inRange('ends.bias', bias, -1000, 1000, false)
  inRange('ends.forceAt', forceAt, 1, 2 ** 31)
  inRange('ends.threshold', threshold, 0, 1, false)
  if (request.sample && (request.numBeams ?? 1) > 1) {
    throw new ClsroomError('input', 'Beams are not drawn by chance', {
      found: `sample with ${request.numBeams} beams`,
      expected: 'either sample or numBeams',
    })
  }
  // The last token is written, not read.
  for (const tokens of [request.inputIds.length, prompt, prompt + request.maxNewTokens - 1]) {
    if (tokens >= 1 && tokens <= info.maxTokens) continue
    throw new ClsroomError('input', 'The model has no room for that many tokens', {
      found: `${tokens} tokens`,
      expected: `1 to ${info.maxTokens}`,
      advice: 'Give a shorter text, or ask for fewer new tokens',
    })
  }
}

const MAX_BEAMS = 64

function inRange(what: string, value: number, least: number, most: number, whole = true): void {
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return
  throw new ClsroomError('input', `${what} is out of range`, {
    found: String(value),
    expected: whole ? `a whole number from ${least} to ${most}` : `a number from ${least} to ${most}`,
  })
}
