/** What `window.clsroom` does when it is called: fetched with the first call. */

import { ClsroomError } from '../core/errors.ts'
import { packMask } from '../core/mask.ts'
import { patchGrid } from '../core/patch_grid.ts'
import type { NDArray } from '../core/shapes.ts'
import type {
  ForwardRequest,
  ForwardResult,
  ImageRequest,
  LoadedModel,
  ModelInfo,
  TextRequest,
} from '../engine/protocol.ts'
import { encodingOf } from '../loaders/encoding.ts'
import type { AutomationForward, AutomationResult, AutomationTokens, Mask } from './automation_types.ts'
import { type Engine, tokenizerOf } from './engine.ts'

export async function forward(engine: Engine, model: LoadedModel, input: AutomationForward): Promise<AutomationResult> {
  const result = await engine.forward(toRequest(model, input))
  return { ...answer(result, input.capture ?? {}), ...times(result) }
}

/** Text with the special tokens that the model's tokenizer puts around it. */
export async function tokenize(
  engine: Engine,
  model: LoadedModel,
  { text, pair }: { text: string; pair?: string },
): Promise<AutomationTokens> {
  const json = tokenizerOf(model)
  const { labels } = await engine.tokenizer(model)
  const pieces = await engine.pieces(model.id, pair === undefined ? [text] : [text, pair])
  const [first = [], second] = pieces.map((list) => list.map(({ id }) => id))
  const { inputIds, tokenTypeIds } = encodingOf(json, first, second)
  return { inputIds, tokenTypeIds, tokens: inputIds.map((id) => labels[id] ?? `#${id}`) }
}

function answer(
  { logits, attentions, hiddenStates, decoder }: ForwardResult,
  capture: NonNullable<AutomationForward['capture']>,
): Omit<AutomationResult, 'ms' | 'dispatches'> {
  const maps = (layers: (NDArray | null)[]) => layers.filter((map) => map !== null)
  return {
    logits,
    ...(capture.attentions && {
      attentions: maps(attentions),
      ...(decoder && {
        decoderAttentions: maps(decoder.attentions),
        crossAttentions: maps(decoder.crossAttentions),
      }),
    }),
    ...(capture.hiddenStates && {
      hiddenStates,
      ...(decoder && { decoderHiddenStates: decoder.hiddenStates }),
    }),
  }
}

function times({ ms, gpuMs, dispatches }: ForwardResult) {
  return { ms, ...(gpuMs !== undefined && { gpuMs }), dispatches }
}

function toRequest({ id, info }: LoadedModel, input: AutomationForward): ForwardRequest {
  return {
    model: id,
    ablate: input.ablate,
    decoderAblate: input.decoderAblate,
    crossAblate: input.crossAblate,
    capture: {
      attentions: input.capture?.attentions ?? false,
      hiddenStates: input.capture?.hiddenStates ?? false,
    },
    ...requestOf(info, input),
  }
}

type Input = Pick<ForwardRequest, 'input' | 'mask' | 'decoderMask' | 'crossMask' | 'causal'>

function requestOf(info: ModelInfo, input: AutomationForward): Input {
  switch (info.modality) {
    case 'text':
      return textRequest(info, input)
    case 'image':
      return imageRequest(info, input)
    case 'audio':
      return audioRequest(info, input)
    case 'pair':
      return pairRequest(info, input)
  }
}

/** What comes alone is read by its own tower. */
function pairRequest({ towers }: ModelInfo, input: AutomationForward): Input {
  const { text, image } = towers as NonNullable<typeof towers>
  if (!input.pixelValues) return textRequest(text, input)
  if (!input.inputIds) return imageRequest(image, input)
  return { input: { kind: 'pair', text: textInput(text, input), image: imageInput(image, input) } }
}

function textInput({ modelType }: ModelInfo, input: AutomationForward): TextRequest {
  const { positionIds: positions, tokenTypeIds: segments, decoderInputIds: decoderIds } = input
  const ids = [...required(input.inputIds, 'inputIds', modelType)]
  return { kind: 'text', ids, positions, segments, decoderIds }
}

function textRequest(info: ModelInfo, input: AutomationForward): Input {
  const text = textInput(info, input)
  const { ids } = text
  const { decoderInputIds: decoderIds, decoderMask, mask, causal } = input
  const { decoder, layers, memory } = info
  if (!decoder) return { input: text, mask: toMask('mask', mask, layers, (memory?.tokens ?? 0) + ids.length), causal }
  const written = decoderIds?.length ?? 1
  // What nobody may read in the encoder, as padding, the decoder may not read there either.
  const crossMask = input.crossMask ?? (isKeys(mask) ? mask : undefined)
  return {
    input: text,
    mask: toMask('mask', mask, layers, ids.length),
    decoderMask: toMask('decoderMask', decoderMask, decoder.layers, written),
    crossMask: toMask('crossMask', crossMask, decoder.layers, written, ids.length),
    causal,
  }
}

function imageInput({ modelType }: ModelInfo, input: AutomationForward): ImageRequest {
  const { dims, data } = required(input.pixelValues, 'pixelValues', modelType)
  const { positionIds: positions, keptPatches } = input
  return { kind: 'image', pixels: { dims, data: Float32Array.from(data) }, positions, keptPatches }
}

function imageRequest(info: ModelInfo, input: AutomationForward): Input {
  const image = imageInput(info, input)
  const [, height, width] = image.pixels.dims
  const tokens = patchTokens(info, input, [height, width])
  const rows = info.taskMemory?.tasks.reduce((sum, task) => sum + task.rows, 0) ?? 0
  return { input: image, mask: toMask('mask', input.mask, info.layers, tokens, tokens + rows) }
}

function audioRequest(info: ModelInfo, input: AutomationForward): Input {
  const { dims, data } = required(input.inputValues, 'inputValues', info.modelType)
  const { positionIds: positions, keptPatches, mask } = input
  const spectrogram = { dims, data: Float32Array.from(data) }
  return {
    input: { kind: 'audio', spectrogram, positions, keptPatches },
    mask: toMask('mask', mask, info.layers, patchTokens(info, input)),
  }
}

/** @param size of the picture; by default the model's own */
function patchTokens(
  { image, taskMemory }: ModelInfo,
  { keptPatches }: AutomationForward,
  size?: [number, number],
): number {
  const own = image as NonNullable<typeof image>
  const [rows, columns] = patchGrid(own, size ?? own.size)
  const behind = (own.detections ?? 0) + (taskMemory?.tasks.length ?? 0)
  return own.classTokens + own.registers + (keptPatches?.length ?? rows * columns) + behind
}

function required<T>(value: T | undefined, name: string, modelType: string): T {
  if (value !== undefined) return value
  throw new ClsroomError('input', `A ${modelType} model needs ${name}`, { found: 'none', expected: name })
}

function isKeys(mask: Mask | undefined): mask is number[] {
  return mask !== undefined && !Array.isArray(mask[0])
}

function isOfOneLayer(mask: number[][] | number[][][]): mask is number[][] {
  return !Array.isArray(mask[0]?.[0])
}

/** @param keys how many tokens are read, where they are not the `queries` that read */
function toMask(
  name: string,
  mask: Mask | undefined,
  layers: number,
  queries: number,
  keys = queries,
): ForwardRequest['mask'] {
  if (!mask) return undefined
  const byLayer = isKeys(mask) ? [Array<number[]>(queries).fill(mask)] : isOfOneLayer(mask) ? [mask] : mask
  const fits = byLayer.every((rows) => rows.length === queries && rows.every((row) => row.length === keys))
  if (!fits || (byLayer.length !== 1 && byLayer.length !== layers)) {
    throw new ClsroomError('input', `The ${name} does not fit the sequence`, {
      found: isKeys(mask) ? `${mask.length} keys` : sizeOf(mask),
      expected: `${keys} keys, ${queries} × ${keys}, or ${layers} layers of that`,
    })
  }
  const bits = byLayer.map((rows) => packMask(queries, (query, key) => Boolean(rows[query]?.[key]), keys))
  return { bits: Uint32Array.from(bits.flatMap((words) => [...words])), layers: byLayer.length }
}

/** Lengths of nested lists, by the first of each. */
function sizeOf(mask: Mask): string {
  const sizes: number[] = []
  for (let part: unknown = mask; Array.isArray(part); part = part[0]) sizes.push(part.length)
  return sizes.join(' × ')
}
