/** One forward of a loaded model: from a request in plain numbers to tensors and back. */

import { ClsroomError } from '../core/errors.ts'
import type { Session, Tensor } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'
import type { ImageInput, Model, ModelInfo, ModelInput, TextInput } from '../models/model.ts'
import { expectFiniteRun } from './finite.ts'
import { positionTable } from './position_table.ts'
import type {
  BackendDescription,
  ForwardRequest,
  ForwardResult,
  ImageRequest,
  TextRequest,
  WantedHeads,
} from './protocol.ts'
import { startVectors } from './start_vectors.ts'

/** @throws ClsroomError `input` or `shape` when the request does not fit the model */
export async function runForward(
  model: Model,
  session: Session,
  request: ForwardRequest,
  backend: BackendDescription,
): Promise<ForwardResult> {
  const { info } = model
  const input = request.input.kind === 'text' ? textInput(info, request.input) : imageInput(model, request.input)
  const tokens = tokensOf(input)
  const contentRows = request.contentRows && Uint32Array.from(request.contentRows)
  checkLength(info, tokens)
  input.extra = startVectors(model, input, request.input.extras ?? [], contentRows)

  const names: string[] = []
  const { attentions, decoderAttentions = attentions === true, crossAttentions = attentions === true } = request.capture
  const { decoder } = info
  const run = await session.run((ops) => {
    const out = model.forward(ops, input, {
      mask: request.mask,
      causal: request.causal,
      ablate: ablation(info, request.ablate),
      captureHeads: capturedHeads(info, attentions),
      ...(decoder && {
        decoder: { mask: request.decoderMask, captureHeads: capturedHeads(decoder, decoderAttentions) },
        cross: { mask: request.crossMask, captureHeads: capturedHeads(decoder, crossAttentions) },
      }),
      pooledRow: request.pooledRow,
      contentRows,
      poolings: request.capture.poolings,
    })
    const states = (tensors: Tensor[]) => (request.capture.hiddenStates ? tensors : lastOnly(tensors))
    const wanted: [string, Tensor | null][] = [
      ...layers('hidden', states(out.hiddenStates)),
      ...layers('attentions', out.attentions),
      ...layers('decoderHidden', states(out.decoder?.hiddenStates ?? [])),
      ...layers('decoderAttentions', out.decoder?.attentions ?? []),
      ...layers('crossAttentions', out.decoder?.crossAttentions ?? []),
      ...Object.entries(out.logits).map(([name, tensor]): [string, Tensor] => [`logits.${name}`, tensor]),
      ...Object.entries(out.poolings).map(([name, tensor]): [string, Tensor] => [`poolings.${name}`, tensor]),
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
  return {
    logits: named(arrays, 'logits.', ['mlm', 'lm', ...Object.keys(info.tokenLabels ?? {})]),
    poolings: named(arrays, 'poolings.'),
    attentions: maps('attentions', info.layers),
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

export function textInput(info: ModelInfo, request: TextRequest): TextInput {
  expectModality(info, 'text')
  const T = request.ids.length
  return {
    kind: 'text',
    ids: integers('inputIds', request.ids, Uint32Array),
    positions: integers('positionIds', request.positions ?? positionsOf(request.ids, info), Uint32Array, T),
    segments: integers('tokenTypeIds', request.segments ?? request.ids.map(() => 0), Uint32Array, T),
    extra: new Float32Array(),
    mlmRows: request.mlmRows && integers('mlmRows', request.mlmRows, Uint32Array),
    decoderIds: request.decoderIds && decoderIds(info, request.decoderIds),
  }
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
  expectModality(model.info, 'image')
  const { patch, classTokens, registers } = model.info.image as NonNullable<ModelInfo['image']>
  const [, height, width] = request.pixels.dims
  const patches = Math.floor(height / patch) * Math.floor(width / patch)
  const sources = request.sources ?? [
    ...Array.from({ length: classTokens + registers }, (_, s) => -1 - s),
    ...Array.from({ length: patches }, (_, p) => p),
  ]
  const positions = request.positions ?? sources.map((source) => gridPosition(source, classTokens))
  return {
    kind: 'image',
    pixels: request.pixels.data,
    dims: request.pixels.dims,
    sources: integers('sources', sources, Int32Array),
    positions: integers('positionIds', positions, Int32Array, sources.length),
    extra: new Float32Array(),
    positionTable: positionTable(model, [height, width], request.positionTable),
  }
}

/** The row of the position table of a source, see `ImageInput`; −1 for none. */
function gridPosition(source: number, classTokens: number): number {
  if (source >= 0) return classTokens + source
  return -1 - source < classTokens ? -1 - source : -1
}

function tokensOf(input: ModelInput): number {
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

function ablation(info: ModelInfo, pairs: [number, number][] = []): Uint32Array<ArrayBuffer> {
  const silenced = new Uint32Array(info.layers * info.heads)
  for (const [layer, head] of pairs) silenced[headIndex(info, layer, head)] = 1
  return silenced
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
      return [head, { dims: array.dims.slice(perToken.includes(head) ? 1 : -1), data: array.data }]
    }),
  )
}

function withoutBatch(array: NDArray | undefined): NDArray | null {
  return array ? { dims: array.dims.slice(1), data: array.data } : null
}
