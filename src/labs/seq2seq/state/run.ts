/** One run of a document: what the model writes, unless it is given, and one forward over all of it with every map. */

import type { NDArray } from '../../../core/shapes.ts'
import type { ForwardRequest, ForwardResult, LoadedModel, WantedHeads } from '../../../engine/protocol.ts'
import { type Readable, readable, toMask } from '../../../sequence/mask.ts'
import { textInput } from '../../../sequence/run_input.ts'
import { active, type Sequence, type Token } from '../../../sequence/token.ts'
import type { Engine } from '../../../state/engine.ts'
import { type DecoderRow, decoderRows, type Seq2SeqDoc, type Seq2SeqModel, targetOf } from './doc.ts'
import { DEFAULT_MASKS, type Stage } from './stages.ts'

/** A forward with everything it was made of: nothing on screen mixes two runs. */
export interface Seq2SeqRun {
  doc: Seq2SeqDoc
  /** The rows of the encoder. */
  source: Token[]
  /** What the decoder reads across: the source, or the other sentence in its place. */
  read: Token[]
  /** Start, output and end: given, or written by the model. */
  target: Sequence
  rows: DecoderRow[]
  result: ForwardResult
}

/** A model that writes ends by itself; one that does not ends here. */
export const MOST_WRITTEN = 64
/** Floats of maps that are read back for one run: 96 MB. */
const ALL_MAPS_LIMIT = 24_000_000

export type Layers = Readonly<Record<Stage, number>>
type Forwards = Pick<Engine, 'forward' | 'generate'>
type Model = Seq2SeqModel & Pick<LoadedModel, 'id'>

/** @throws ClsroomError `input` when the document cannot be run */
export async function runSeq2Seq(engine: Forwards, model: Model, doc: Seq2SeqDoc, layers: Layers): Promise<Seq2SeqRun> {
  const states = await encoderStates(engine, model, doc)
  const target = doc.target?.sequence ?? (await written(engine, model, doc, states))
  return runTarget(engine, model, doc, target, { states, capture: capturePlan(model, doc, target, layers) })
}

export interface Given {
  /** In the place of the encoder's last states; absent: its own. */
  states?: NDArray | undefined
  capture?: Partial<ForwardRequest['capture']>
  /** Cross-attention heads that are silenced. */
  crossAblate?: [layer: number, head: number][]
}

/** One forward over a target, whoever wrote it. @param given nothing is captured unless it says so */
export async function runTarget(
  engine: Pick<Engine, 'forward'>,
  model: Model,
  doc: Seq2SeqDoc,
  target: Sequence,
  given: Given = {},
): Promise<Seq2SeqRun> {
  const result = await engine.forward(forwardRequest(model, doc, target, given))
  return { doc, source: active(doc.source), read: active(readBy(doc)), target, rows: decoderRows(target), result }
}

/** What the decoder reads across. */
export function readBy({ states, source }: Seq2SeqDoc): Sequence {
  return states.type === 'other' ? states.source : source
}

/** Which keys a query of a stage may read. */
export function mayRead({ doc, target }: Pick<Seq2SeqRun, 'doc' | 'target'>, stage: Stage): Readable {
  const { encoder, decoder, cross } = doc.masks
  if (stage === 'encoder') return readable(doc.source, encoder)
  return stage === 'decoder' ? readable(inputOf(target), decoder) : readable(inputOf(target), cross, readBy(doc))
}

/** What the decoder reads of a target: all but its last token. */
function inputOf(target: Sequence): Sequence {
  return { ...target, tokens: decoderRows(target).map(({ reads }) => reads) }
}

function forwardRequest(model: Model, doc: Seq2SeqDoc, target: Sequence, given: Given): ForwardRequest {
  const { info } = model
  const stack = { layers: info.decoder?.layers ?? 0, heads: info.decoder?.heads ?? 0 }
  const input = inputOf(target)
  const table = { vocabSize: info.vocabulary ?? 0, typeVocabSize: 1, maxPositions: info.maxTokens }
  const source = textInput(doc.source, table)
  const decoder = textInput(input, table)
  // Vectors of untrained tokens are numbered through both sequences.
  const decoderIds = decoder.ids.map((id) => (id < table.vocabSize ? id : id + source.extras.length))
  return {
    model: model.id,
    input: { kind: 'text', ids: source.ids, extras: [...source.extras, ...decoder.extras], decoderIds },
    mask: toMask(doc.source, doc.masks.encoder, info),
    decoderMask: toMask(input, doc.masks.decoder, stack),
    crossMask: toMask(input, doc.masks.cross, stack, readBy(doc)),
    causal: false, // the decoder's mask says so itself, and can be opened
    ...(given.states && { encoderStates: given.states }),
    ...(given.crossAblate && { crossAblate: given.crossAblate }),
    capture: { attentions: false, hiddenStates: false, ...given.capture },
  }
}

/** Every map while they are small; otherwise those of the layers on screen. */
function capturePlan({ info }: Model, doc: Seq2SeqDoc, target: Sequence, layers: Layers): ForwardRequest['capture'] {
  const [T, Td, read] = [active(doc.source).length, decoderRows(target).length, active(readBy(doc)).length]
  const { layers: Ld = 0, heads: Hd = 0 } = info.decoder ?? {}
  const all = info.layers * info.heads * T * T + Ld * Hd * Td * (Td + read)
  const wanted = (stage: Stage, heads: number): WantedHeads =>
    all <= ALL_MAPS_LIMIT ? true : Array.from({ length: heads }, (_, head): [number, number] => [layers[stage], head])
  return {
    attentions: wanted('encoder', info.heads),
    decoderAttentions: wanted('decoder', Hd),
    crossAttentions: wanted('cross', Hd),
    hiddenStates: false,
  }
}

/** What the decoder reads in the place of the encoder's states, [T′, D]; undefined: these themselves. */
export async function encoderStates(
  engine: Pick<Engine, 'forward'>,
  model: Model,
  doc: Seq2SeqDoc,
): Promise<NDArray | undefined> {
  const { type } = doc.states
  if (type === 'own') return undefined
  const read: Seq2SeqDoc = { ...doc, source: readBy(doc), states: { type: 'own' } }
  const encoder = type === 'other' ? { ...read, masks: DEFAULT_MASKS } : read
  const start = targetOf(model, [model.info.decoder?.startToken ?? 0])
  const { result } = await runTarget(engine, model, encoder, start, { capture: { hiddenStates: true } })
  const own = result.hiddenStates.at(-1) as NDArray
  return type === 'other' ? own : replacedStates(own, type)
}

/** Zeros, or in every row the mean of all: as long, and without what told the tokens apart. */
export function replacedStates({ dims, data }: NDArray, by: 'zeros' | 'mean'): NDArray {
  const [T, D] = dims as [number, number]
  if (by === 'zeros') return { dims, data: new Float32Array(data.length) }
  const mean = new Float32Array(D)
  for (let i = 0; i < data.length; i++) mean[i % D] = (mean[i % D] as number) + (data[i] as number) / T
  return { dims, data: Float32Array.from(data, (_, i) => mean[i % D] as number) }
}

/** What the model writes by itself, the best token each time. @param states as `encoderStates` gives them */
export async function written(
  engine: Forwards,
  model: Model,
  doc: Seq2SeqDoc,
  states?: NDArray,
  start: readonly number[] = [model.info.decoder?.startToken ?? 0],
): Promise<Sequence> {
  const most = Math.min(MOST_WRITTEN, model.info.maxTokens - start.length)
  if (isPlain(doc)) {
    const request = { model: model.id, inputIds: active(doc.source).map(({ id }) => id as number), maxNewTokens: most }
    const { sequences } = await engine.generate({ ...request, decoderInputIds: [...start] })
    return targetOf(model, sequences[0] ?? start)
  }
  const ends = new Set(model.info.generates?.endTokens)
  const ids = [...start]
  while (ids.length < most + start.length) {
    // The decoder reads all but the last token: one stands for what is not written yet.
    const { result } = await runTarget(engine, model, doc, targetOf(model, [...ids, 0]), { states })
    const next = likeliest(result.logits.lm as NDArray, ids.length - 1)
    ids.push(next)
    if (ends.has(next)) break
  }
  return targetOf(model, ids)
}

/** Whether the engine's own generation, which keeps keys and values and knows no masks, gives what the document asks for. */
function isPlain({ source, masks, states }: Seq2SeqDoc): boolean {
  const tokens = active(source)
  return (
    states.type === 'own' &&
    tokens.length > 0 &&
    tokens.every(({ kind, status, id, start }) => kind !== 'pad' && status === 'read' && id !== null && !start) &&
    (['encoder', 'cross', 'decoder'] as const).every((stage) => isDefault(masks, stage))
  )
}

function isDefault(masks: Seq2SeqDoc['masks'], stage: Stage): boolean {
  return JSON.stringify(masks[stage]) === JSON.stringify(DEFAULT_MASKS[stage])
}

/** The best token of a row of logits [rows, V]; of equals the first. */
function likeliest({ dims, data }: NDArray, row: number): number {
  const V = dims.at(-1) as number
  let best = 0
  for (let id = 1; id < V; id++) if ((data[row * V + id] as number) > (data[row * V + best] as number)) best = id
  return best
}
