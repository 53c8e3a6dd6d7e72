/** What `window.clsroom` does when it is called: fetched with the first call. */

import { ClsroomError } from '../core/errors.ts'
import { packMask } from '../core/mask.ts'
import type { NDArray } from '../core/shapes.ts'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../engine/protocol.ts'
import { encodingOf } from '../loaders/encoding.ts'
import type { AutomationForward, AutomationResult, AutomationTokens, Mask } from './automation.ts'
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

function toRequest(model: LoadedModel, input: AutomationForward): ForwardRequest {
  const { id, info } = model
  return {
    model: id,
    ablate: input.ablate,
    capture: {
      attentions: input.capture?.attentions ?? false,
      hiddenStates: input.capture?.hiddenStates ?? false,
    },
    ...(info.modality === 'text' ? textRequest(model, input) : imageRequest(model, input)),
  }
}

type Input = Pick<ForwardRequest, 'input' | 'mask' | 'decoderMask' | 'crossMask' | 'causal'>

function textRequest({ info }: LoadedModel, input: AutomationForward): Input {
  const ids = [...required(input.inputIds, 'inputIds', info.modelType)]
  const { decoderInputIds: decoderIds, decoderMask, mask, causal } = input
  const { decoder, layers } = info
  const text: Input['input'] = {
    kind: 'text',
    ids,
    positions: input.positionIds,
    segments: input.tokenTypeIds,
    decoderIds,
  }
  if (!decoder) return { input: text, mask: toMask('mask', mask, layers, ids.length), causal }
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

function imageRequest({ info }: LoadedModel, input: AutomationForward): Input {
  const { dims, data } = required(input.pixelValues, 'pixelValues', info.modelType)
  const { patch, classTokens, registers } = info.image as NonNullable<typeof info.image>
  const tokens = classTokens + registers + Math.floor(dims[1] / patch) * Math.floor(dims[2] / patch)
  return {
    input: { kind: 'image', pixels: { dims, data: Float32Array.from(data) }, positions: input.positionIds },
    mask: toMask('mask', input.mask, info.layers, tokens),
  }
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
