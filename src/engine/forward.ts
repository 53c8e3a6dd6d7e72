/** One forward of a loaded model: from a request in plain numbers to tensors and back. */

import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import type { Ops, Session, Tensor } from '../core/ops.ts'
import { patchGrid } from '../core/patch_grid.ts'
import type { NDArray } from '../core/shapes.ts'
import type {
  ForwardOptions,
  ForwardTensors,
  ImageInput,
  Model,
  ModelInfo,
  ModelInput,
  TextInput,
} from '../models/model.ts'
import { expectFiniteRun } from './finite.ts'
import { maskTokenOf } from './mask_token.ts'
import { laterPositions, positionTable } from './position_table.ts'
import type {
  AudioRequest,
  BackendDescription,
  ForwardRequest,
  ForwardResult,
  ImageRequest,
  Queries,
  TextRequest,
  WantedHeads,
} from './protocol.ts'
import { startVectors } from './start_vectors.ts'

type ImageInfo = NonNullable<ModelInfo['image']>

/** Heads that answer row by row, of whatever: tokens, object queries, patches. */
const ROW_HEADS = ['mlm', 'lm', 'classes', 'boxes', 'reconstruction']

/** What makes tensors of an input: a model's forward, or the part of it that is not known yet (kept_rows.ts). */
type Compute = (ops: Ops, input: ModelInput, options: ForwardOptions) => ForwardTensors

/**
 * @param compute the whole forward of the model when absent
 * @throws ClsroomError `input` or `shape` when the request does not fit the model
 */
export async function runForward(
  whole: Model,
  session: Session,
  request: ForwardRequest,
  backend: BackendDescription,
  compute?: Compute,
): Promise<ForwardResult> {
  const model = readerOf(whole, request)
  const forward: Compute = compute ?? ((ops, read, options) => model.forward(ops, read, options))
  const { info } = model
  const contentRows = request.contentRows && Uint32Array.from(request.contentRows)
  const input = inputOf(model, request.input, contentRows)
  const tokens = tokensOf(input) + memoryRows(info, input)

  const names: string[] = []
  const inside: Pick<ForwardTensors, 'values'> = {}
  const { attentions, decoderAttentions = attentions === true, crossAttentions = attentions === true } = request.capture
  const { decoder } = info
  if (!decoder) expectNoDecoder(info, request)
  const run = await session.run((ops) => {
    const out = forward(ops, input, {
      mask: request.mask,
      causal: request.causal,
      ablate: ablation(info, request.ablate),
      captureHeads: capturedHeads(info, attentions),
      ...(decoder && {
        decoder: {
          mask: request.decoderMask,
          ablate: ablation(decoder, request.decoderAblate),
          captureHeads: capturedHeads(decoder, decoderAttentions),
        },
        cross: {
          mask: request.crossMask,
          ablate: ablation(decoder, request.crossAblate),
          captureHeads: capturedHeads(decoder, crossAttentions),
        },
      }),
      encoderStates: encoderStates(info, request.encoderStates),
      pooledRow: request.pooledRow,
      contentRows,
      poolings: request.capture.poolings,
      layerAnswers: request.capture.layerAnswers,
      rowAnswers: request.capture.rowAnswers,
      values: request.capture.valueNorms,
    })
    inside.values = out.values
    const states = (tensors: Tensor[]) => (request.capture.hiddenStates ? tensors : lastOnly(tensors))
    const wanted: [string, Tensor | null][] = [
      ...layers('hidden', states(out.hiddenStates)),
      ...layers('attentions', out.attentions),
      ...layers('memoryAttentions', out.memoryAttentions ?? []),
      ...layers('decoderHidden', states(out.decoder?.hiddenStates ?? [])),
      ...layers('decoderAttentions', out.decoder?.attentions ?? []),
      ...layers('crossAttentions', out.decoder?.crossAttentions ?? []),
      ...Object.entries(out.logits).map(([name, tensor]): [string, Tensor] => [`logits.${name}`, tensor]),
      ...Object.entries(out.poolings).map(([name, tensor]): [string, Tensor] => [`poolings.${name}`, tensor]),
      ...layers('packed', out.values?.packed ?? []),
    ]
    const given = wanted.filter((entry): entry is [string, Tensor] => entry[1] !== null)
    names.push(...given.map(([name]) => name))
    return given.map(([, tensor]) => tensor)
  })

  const arrays = new Map(names.map((name, i) => [name, run.arrays[i] as NDArray]))
  expectFiniteRun([...arrays].map(([name, array]) => [said(name), array]))
  const maps = (name: string, count: number) =>
    Array.from({ length: count }, (_, l) => withoutBatch(arrays.get(`${name}.${l}`)))
  const states = (name: string, count: number) =>
    request.capture.hiddenStates ? (maps(name, count + 1) as NDArray[]) : []
  const logits = named(arrays, 'logits.', [...ROW_HEADS, ...Object.keys(info.tokenLabels ?? {})])
  const { next } = request.capture
  const { values } = inside
  const { lm, ...others } = logits
  // Few ask for these: what reads them off is fetched then.
  const read = next || values ? await fetchPart(() => import('./next_tokens.ts')) : null
  return {
    logits: next ? others : logits,
    ...(read && next && lm && input.kind === 'text' && { next: read.nextTokens(lm, input, next) }),
    ...(read &&
      values && {
        valueNorms: maps('packed', info.layers).map((packed) => read.valueNorms(packed as NDArray, values)),
      }),
    poolings: named(arrays, 'poolings.'),
    attentions: maps('attentions', info.layers).map((map, l) =>
      withRowsBefore(map, withoutBatch(arrays.get(`memoryAttentions.${l}`))),
    ),
    hiddenStates: states('hidden', info.layers),
    ...(decoder && {
      decoder: {
        attentions: maps('decoderAttentions', decoder.layers),
        hiddenStates: states('decoderHidden', decoder.layers),
        crossAttentions: maps('crossAttentions', decoder.layers),
      },
    }),
    tokens,
    ms: run.ms,
    gpuMs: run.gpuMs,
    dispatches: run.dispatches,
    backend,
  }
}

/** Tensors of a stack by name and number. */
function layers(name: string, tensors: (Tensor | null)[]): [string, Tensor | null][] {
  return tensors.map((tensor, i) => [`${name}.${i}`, tensor])
}

/** The last hidden states are always read: what is not finite before them is not finite there, whatever the heads make of it. */
function lastOnly(tensors: Tensor[]): (Tensor | null)[] {
  return tensors.map((tensor, i) => (i === tensors.length - 1 ? tensor : null))
}

/** What reads the input: the model, or the tower of a text or a picture that comes alone. */
function readerOf(model: Model, { input, capture, mask, ablate }: ForwardRequest): Model {
  if (input.kind !== 'pair') return model.towers?.[input.kind as 'text' | 'image'] ?? model
  if (capture.attentions === false && !capture.hiddenStates && !mask && !ablate) return model
  throw new ClsroomError('input', 'A text and a picture together give their embeddings and how well they match', {
    found: 'a mask, silenced heads, or a wish for attention maps or hidden states',
    expected: 'none of these',
    advice: 'Run the text and the picture one after the other: each has layers and heads of its own',
  })
}

function towersOf({ info, towers }: Model): NonNullable<Model['towers']> {
  if (towers) return towers
  throw new ClsroomError('input', 'The input is not of the kind the model reads', {
    found: 'a text and a picture',
    expected: info.modality,
  })
}

function inputOf(model: Model, request: ForwardRequest['input'], contentRows?: Uint32Array): ModelInput {
  if (request.kind === 'pair') {
    const { text, image } = towersOf(model)
    return { kind: 'pair', text: soleInput(text, request.text), image: soleInput(image, request.image) }
  }
  return soleInput(model, request, contentRows)
}

export function soleInput<R extends TextRequest | ImageRequest | AudioRequest>(
  model: Model,
  request: R,
  contentRows?: Uint32Array,
): R extends TextRequest ? TextInput : ImageInput
export function soleInput(
  model: Model,
  request: TextRequest | ImageRequest | AudioRequest,
  contentRows?: Uint32Array,
): TextInput | ImageInput {
  expectModality(model.info, request.kind)
  const input =
    request.kind === 'text'
      ? textInput(model.info, request)
      : imageInput(model, request.kind === 'audio' ? laidOut(model.info, request) : request)
  checkLength(model.info, tokensOf(input))
  input.extra = startVectors(model, input, request.extras ?? [], contentRows)
  return input
}

export function textInput(info: ModelInfo, request: TextRequest): TextInput {
  const T = request.ids.length
  return {
    kind: 'text',
    ids: integers('inputIds', request.ids, Uint32Array),
    positions: integers('positionIds', request.positions ?? positionsOf(request.ids, info), Uint32Array, T),
    segments: integers('tokenTypeIds', request.segments ?? request.ids.map(() => 0), Uint32Array, T),
    extra: new Float32Array(),
    mlmRows: request.mlmRows && integers('mlmRows', request.mlmRows, Uint32Array),
    decoderIds: request.decoderIds && decoderIds(info, request.decoderIds),
    memory: request.memory && checkedMemory(info, request.memory),
  }
}

/** More than anyone trained; fewer tokens serve to see what a longer memory does. */
const MOST_MEMORY = 64

/** @throws ClsroomError `input` for what are no rows of this model's memory */
function checkedMemory({ memory, width, modelType }: ModelInfo, { dims, data }: NDArray): Float32Array {
  const [rows = 0, columns] = dims
  const fits = dims.length === 2 && rows <= MOST_MEMORY && columns === width && data.length === rows * width
  if (memory && fits) return data as Float32Array
  throw new ClsroomError('input', 'memory does not fit', {
    found: `[${dims.join(', ')}]${memory ? '' : ` for ${modelType}`}`,
    expected: memory ? `[0 to ${MOST_MEMORY}, ${width}]` : 'a memory transformer',
  })
}

/** Rows that stand before the text's own. */
function memoryRows({ memory, width }: ModelInfo, input: ModelInput): number {
  if (!memory || input.kind !== 'text') return 0
  return input.memory ? input.memory.length / width : memory.tokens
}

function decoderIds(info: ModelInfo, ids: number[]): Uint32Array<ArrayBuffer> {
  if (!info.decoder) {
    throw new ClsroomError('input', 'The model has no decoder beside an encoder', {
      found: `decoderInputIds for ${info.modelType}`,
      expected: 'inputIds alone',
    })
  }
  checkLength(info, ids.length)
  return integers('decoderInputIds', ids, Uint32Array)
}

/** 0, 1, 2 …; or as RoBERTa counts them (transformers' create_position_ids_from_input_ids). */
function positionsOf(ids: readonly number[], { paddingIndex }: ModelInfo): number[] {
  if (paddingIndex === undefined) return ids.map((_, t) => t)
  let next = paddingIndex
  return ids.map((id) => (id === paddingIndex ? paddingIndex : ++next))
}

export function imageInput(model: Model, request: ImageRequest): ImageInput {
  const image = model.info.image as ImageInfo
  const [, height, width] = request.pixels.dims
  const [rows, columns] = patchGrid(image, [height, width])
  const queries = request.queries && checkedQueries(model.info, request.queries)
  const asked = image.detections !== undefined && queries ? { ...image, detections: queries.count } : image
  const tasks = model.info.taskMemory?.tasks.length ?? 0
  const sources = request.sources ?? allSources(asked, keptPatches(request.keptPatches, rows * columns), tasks)
  const positions =
    request.positions ??
    sources.map((source) => gridPosition(queryAsTrained(source, image, request.queries), image, rows * columns))
  return {
    kind: 'image',
    pixels: request.pixels.data,
    dims: request.pixels.dims,
    sources: integers('sources', sources, Int32Array),
    positions: integers('positionIds', positions, Int32Array, sources.length),
    extra: new Float32Array(),
    positionTable: positionTable(model, [height, width], request.positionTable),
    laterPositions: laterPositions(model, [height, width]),
    maskToken: maskTokenOf(model, request.maskToken),
    queries,
    memory: request.memory && checkedTaskMemory(model.info, request.memory),
  }
}

/** @throws ClsroomError `input` for what are no start vectors of this model's queries */
function checkedQueries(info: ModelInfo, { dims, data, positions }: Queries): { data: Float32Array; count: number } {
  const [count = 0, width] = dims
  const trained = info.detects?.queries ?? 0
  const isPosition = (of: number) => Number.isInteger(of) && of >= -1 && of < trained
  const fits = dims.length === 2 && width === info.width && data.length === count * info.width
  if (info.detects && fits && positions.length === count && positions.every(isPosition)) return { data, count }
  throw new ClsroomError('input', 'queries does not fit', {
    found: `[${dims.join(', ')}] with ${positions.length} positions${info.detects ? '' : ` for ${info.modelType}`}`,
    expected: info.detects
      ? `[queries, ${info.width}], and for each a position from −1 to ${trained - 1}`
      : 'a detector of objects',
  })
}

/** @throws ClsroomError `input` for what are no rows of memory of this model */
function checkedTaskMemory({ taskMemory, layers, width, modelType }: ModelInfo, { dims, data }: NDArray) {
  const [L, rows = 0, D] = dims
  if (taskMemory && dims.length === 3 && L === layers && D === width && data.length === layers * rows * width) {
    return { data: data as Float32Array, rows }
  }
  throw new ClsroomError('input', 'memory does not fit', {
    found: `[${dims.join(', ')}]${taskMemory ? '' : ` for ${modelType}`}`,
    expected: taskMemory ? `[${layers}, rows, ${width}]` : 'a model with learnable memory',
  })
}

/** The source of the trained detection token whose position one has; of other tokens the source itself. */
function queryAsTrained(source: number, { classTokens, registers, detections }: ImageInfo, queries?: Queries): number {
  const first = classTokens + registers
  const query = -1 - source - first
  if (!queries || detections === undefined || query < 0 || query >= queries.positions.length) return source
  const of = queries.positions[query] as number
  return -1 - first - (of < 0 ? detections : of)
}

/** The patches of a spectrogram, which overlap, laid side by side as a picture of patches that do not. */
function laidOut({ audio, image }: ModelInfo, { spectrogram, ...choices }: AudioRequest): ImageRequest {
  const { frames, bins, stride } = audio as NonNullable<ModelInfo['audio']>
  const { patch, size } = image as ImageInfo
  if (spectrogram.dims[0] !== frames || spectrogram.dims[1] !== bins) {
    throw new ClsroomError('input', 'The spectrogram does not fit the model', {
      found: `${spectrogram.dims[0]} frames of ${spectrogram.dims[1]} bins`,
      expected: `${frames} frames of ${bins} bins`,
      advice: 'Pad it with silence or cut it, as the model’s feature extractor does',
    })
  }
  const [height, width] = size
  const inside = (pixel: number, step: number) => Math.floor(pixel / patch) * step + (pixel % patch)
  const pixels = Float32Array.from({ length: height * width }, (_, i) => {
    const frame = inside(i % width, stride[1])
    return spectrogram.data[frame * bins + inside(Math.floor(i / width), stride[0])] as number
  })
  return { ...choices, kind: 'image', pixels: { dims: [1, height, width], data: pixels } }
}

/** Class tokens, registers, patches, detection tokens or class tokens of tasks; see `ImageInput`. */
function allSources(
  { classTokens, registers, detections = 0 }: ImageInfo,
  patches: readonly number[],
  tasks: number,
): number[] {
  const before = classTokens + registers
  return [
    ...Array.from({ length: before }, (_, s) => -1 - s),
    ...patches,
    ...Array.from({ length: detections + tasks }, (_, d) => -1 - before - d),
  ]
}

function keptPatches(kept: readonly number[] | undefined, patches: number): readonly number[] {
  if (!kept) return [...Array(patches).keys()]
  const bad = kept.find((p, i) => !(Number.isInteger(p) && p >= 0 && p < patches) || kept.indexOf(p) < i)
  if (bad === undefined && kept.length > 0) return kept
  throw new ClsroomError('input', 'keptPatches does not fit the picture', {
    found: bad === undefined ? 'no patch' : `${bad} at place ${kept.lastIndexOf(bad)}`,
    expected: `different whole numbers from 0 to ${patches - 1}`,
  })
}

/** The row of the position table of a source, see `ImageInput`; −1 for none. */
function gridPosition(source: number, { classTokens, registers, detections = 0 }: ImageInfo, patches: number): number {
  if (source >= 0) return classTokens + source
  const special = -1 - source
  if (special < classTokens) return special
  const detection = special - classTokens - registers
  return detection >= 0 && detection < detections ? classTokens + patches + detection : -1
}

export function tokensOf(input: ModelInput): number {
  if (input.kind === 'pair') return tokensOf(input.text) + tokensOf(input.image)
  return input.kind === 'text' ? input.ids.length : input.sources.length
}

function checkLength(info: ModelInfo, tokens: number): void {
  if (tokens >= 1 && tokens <= info.maxTokens) return
  throw new ClsroomError(
    'input',
    tokens === 0 ? 'There is no token to run' : 'The sequence is too long for the model',
    {
      found: `${tokens} tokens`,
      expected: `1 to ${info.maxTokens}`,
      advice: tokens === 0 ? 'Insert or restore a token' : 'Shorten the text or remove tokens',
    },
  )
}

function expectModality(info: ModelInfo, modality: ModelInfo['modality']): void {
  if (info.modality === modality) return
  throw new ClsroomError('input', 'The input is not of the kind the model reads', {
    found: modality,
    expected: info.modality,
  })
}

/** Checked whole numbers as the array a kernel reads. */
function integers<A extends Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  what: string,
  values: number[],
  Type: { from(values: number[]): A },
  length = values.length,
): A {
  const bad = values.findIndex((value) => !Number.isInteger(value))
  if (values.length === length && bad < 0) return Type.from(values)
  throw new ClsroomError('input', `${what} does not fit`, {
    found: bad < 0 ? `${values.length} numbers` : `${values[bad]} at place ${bad}`,
    expected: bad < 0 ? `${length}, one a token` : 'whole numbers',
  })
}

function expectNoDecoder({ modelType }: ModelInfo, { decoderAblate, crossAblate }: ForwardRequest): void {
  if (!decoderAblate && !crossAblate) return
  throw new ClsroomError('input', 'There is no decoder behind an encoder whose heads could be silenced', {
    found: modelType,
    expected: 'an encoder–decoder, such as t5',
    advice: 'Silence heads of the only stack with ablate',
  })
}

export function ablation(info: StackShape, pairs: [number, number][] = []): Uint32Array<ArrayBuffer> {
  const silenced = new Uint32Array(info.layers * info.heads)
  for (const [layer, head] of pairs) silenced[headIndex(info, layer, head)] = 1
  return silenced
}

/** Checked: they are rows of the encoder's width, as many as it may give. */
function encoderStates(info: ModelInfo, states: NDArray | undefined): NDArray | undefined {
  if (!states) return undefined
  const [rows, width] = states.dims
  const fits = states.dims.length === 2 && width === info.width && states.data.length === (rows as number) * info.width
  if (!fits || !info.decoder) {
    throw new ClsroomError('input', 'encoderStates does not fit', {
      found: `[${states.dims.join(', ')}]${info.decoder ? '' : ` for ${info.modelType}`}`,
      expected: info.decoder ? `[tokens, ${info.width}]` : 'a model with a decoder behind an encoder',
    })
  }
  checkLength(info, rows as number)
  return states
}

type StackShape = Pick<ModelInfo, 'layers' | 'heads'>

function capturedHeads(info: StackShape, wanted: WantedHeads): number[][] {
  const byLayer: number[][] = Array.from({ length: info.layers }, () =>
    wanted === true ? Array.from({ length: info.heads }, (_, head) => head) : [],
  )
  if (Array.isArray(wanted)) {
    for (const [layer, head] of wanted) {
      headIndex(info, layer, head)
      byLayer[layer]?.push(head)
    }
  }
  return byLayer
}

function headIndex(info: StackShape, layer: number, head: number): number {
  const inside = Number.isInteger(layer) && Number.isInteger(head) && layer >= 0 && head >= 0
  if (inside && layer < info.layers && head < info.heads) return layer * info.heads + head
  throw new ClsroomError('input', 'There is no such head', {
    found: `layer ${layer}, head ${head}`,
    expected: `layers 0 to ${info.layers - 1}, heads 0 to ${info.heads - 1}`,
  })
}

/** An array's name in words. */
function said(name: string): string {
  const [kind, which] = name.split('.') as [string, string]
  const of = kind.startsWith('decoder') ? ' of the decoder' : ''
  if (/hidden$/i.test(kind)) {
    return which === '0' ? `the embeddings${of}` : `the hidden states after layer ${which}${of}`
  }
  if (kind === 'crossAttentions') return `the attention of layer ${Number(which) + 1} to the encoder`
  return /attentions$/i.test(kind) ? `the attention of layer ${Number(which) + 1}${of}` : `the ${which} ${kind}`
}

/**
 * The arrays whose name starts with `prefix`, without their batch axis; a single row becomes a vector.
 * @param perToken those of them that have a row a token
 */
function named(
  arrays: Map<string, NDArray>,
  prefix: string,
  perToken: readonly string[] = [],
): Record<string, NDArray> {
  const entries = [...arrays].filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(
    entries.map(([name, array]) => {
      const head = name.slice(prefix.length)
      const isPerToken = head.endsWith('.rows') || perToken.includes(head.replace(/\.\d+$/, ''))
      return [head, { dims: array.dims.slice(isPerToken ? 1 : -1), data: array.data }]
    }),
  )
}

/** Maps [heads, M, T] before maps [heads, Tq, T], head by head. */
function withRowsBefore(map: NDArray | null, before: NDArray | null): NDArray | null {
  if (!map || !before) return map
  const [heads, queries, keys] = map.dims as [number, number, number]
  const rows = before.dims[1] as number
  const data = new Float32Array(heads * (rows + queries) * keys)
  for (let head = 0; head < heads; head++) {
    const start = head * (rows + queries) * keys
    data.set(before.data.subarray(head * rows * keys, (head + 1) * rows * keys), start)
    data.set(map.data.subarray(head * queries * keys, (head + 1) * queries * keys), start + rows * keys)
  }
  return { dims: [heads, rows + queries, keys], data }
}

function withoutBatch(array: NDArray | undefined): NDArray | null {
  return array ? { dims: array.dims.slice(1), data: array.data } : null
}
