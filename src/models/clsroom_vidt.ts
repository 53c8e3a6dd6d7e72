/**
 * ViDT, reduced: a type of this project's own (Song et al. 2021, "ViDT: An Efficient and Effective Fully Transformer-based Object
 * Detector", section 3.1, reconfigured attention, and 3.2, a neck without an encoder; training/detect/vidt.py says what is left out).
 * YOLOS's body without a CLS, and DETR's decoder behind it.
 *
 *   x₀       = [patches · E ; DET₁ … DET_Q] + positions
 *   x        = block(x): a patch reads the patches of its window, shifted in every second layer, and no DET; a DET reads all DET and, in the
 *              layers that det_patch_layers names, all patches
 *   h        = LayerNorm(x)
 *   y        = Decoder(y₀ = h[DET], h[patches])                    [1, Q, D]; positions are those of x₀ (query_decoder.ts)
 *   classes  = MLP(y)                                              [1, Q, K + 1], the last for no object
 *   boxes    = sigmoid(MLP(y))                                     [1, Q, 4]: centre, width, height
 */

import { z } from 'zod'
import { packMask, stackedMasks } from '../core/mask.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { patchGrid, windowOfPatch } from '../core/patch_grid.ts'
import { normalise } from './block.ts'
import { activationName, activationOf, HEADS_RULE, hasPatch, headsDivideWidth, PATCH_RULE, size } from './config.ts'
import { type DetectionHeads, detected, detectedByLayer, detectionHeads, detectionInfo } from './detection.ts'
import { ImageEncoder, type OwnAnswers } from './image_encoder.ts'
import type { ForwardOptions, ImageInput, PackedMask } from './model.ts'
import { QueryDecoder } from './query_decoder.ts'
import { patchEmbeddings, pictureOf, specialTokens, vitBlocks, vitSettings, vitStack } from './vit.ts'
import type { WeightReader } from './weights.ts'

export const vidtConfig = z
  .object({
    model_type: z.literal('clsroom_vidt'),
    ...vitSettings,
    num_detection_tokens: size(10_000),
    window_size: size(1024),
    /** Of the windows of every second layer, to the left and up. */
    shift_size: z.number().int().min(0).max(1024).default(0),
    det_patch_layers: z.array(z.number().int().min(0)),
    decoder_layers: size(256),
    decoder_ffn_dim: size(131_072),
    activation_function: activationName.default('relu'),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(hasPatch, PATCH_RULE)
type VidtConfig = z.infer<typeof vidtConfig>

/** First parts of names that are no heads. */
const BODY = new Set(['vit', 'decoder'])

export function vidt(config: VidtConfig, reader: WeightReader): ImageEncoder {
  const { hidden_size: D, num_detection_tokens: queries } = config
  const specials = specialTokens(reader, 'vit.', D, [['detection_tokens', queries]])
  const embeddings = patchEmbeddings(config, reader, 'vit.', specials, queries)
  const stack = vitStack(config)
  const neck = new QueryDecoder(
    {
      layers: config.decoder_layers,
      heads: config.num_attention_heads,
      width: D,
      feedForward: config.decoder_ffn_dim,
    },
    activationOf(config.activation_function),
    reader,
  )
  const heads = detectionHeads(config, reader, D, 3)
  const norm = reader.layerNorm('vit.layernorm', D)
  const normed = (ops: Ops, x: Tensor) => normalise(ops, x, norm, config.layer_norm_eps)
  return new ImageEncoder(
    {
      modelType: config.model_type,
      ...stack,
      image: {
        ...pictureOf(config, { classTokens: 0, registers: 0 }),
        detections: queries,
        windows: { side: config.window_size, shift: config.shift_size },
      },
      embeddings,
      blocks: vitBlocks(config, reader, 'vit.'),
      norm,
      heads: { once: {}, extra: { heads: [], config: {} }, encoder: BODY },
      limits: (input) => windows(config, input),
      answers: (ops, x, input, options, bodyStates) =>
        answers(ops, { x, input, options, bodyStates, neck, heads, positions: embeddings.positions, normed }),
      info: { decoder: neck.shape, ...(heads && detectionInfo(config, queries)) },
    },
    reader,
  )
}

interface Neck {
  /** What the body gives, after LayerNorm: [1, T, D]. */
  x: Tensor
  input: ImageInput
  options: ForwardOptions
  bodyStates: Tensor[]
  neck: QueryDecoder
  heads: DetectionHeads | undefined
  /** [N + Q, D] */
  positions: Float32Array
  normed: (ops: Ops, x: Tensor) => Tensor
}

/** The neck on the body's tokens, and the heads on it; inside the body they read its DET tokens, as the auxiliary losses taught them to. */
function answers(ops: Ops, { x, input, options, bodyStates, neck, heads, positions, normed }: Neck): OwnAnswers {
  const D = x.shape[2] as number
  const rows = (isPatch: boolean) =>
    Uint32Array.from([...input.sources.keys()].filter((row) => (input.sources[row] as number) >= 0 === isPatch))
  const [patchRows, queryRows] = [rows(true), rows(false)]
  // Nobody asks.
  if (queryRows.length === 0) return { logits: {}, decoder: neck.unasked }
  const chosen = (state: Tensor, of: Uint32Array<ArrayBuffer>) => ops.gatherRows(state, ops.input([1, of.length], of))
  const places = (of: Uint32Array<ArrayBuffer>) =>
    ops.input([1, of.length, D], placesOf(of, input, input.positionTable ?? positions, D))
  const seen = neck.forward(
    ops,
    {
      y: chosen(x, queryRows),
      queryPlaces: places(queryRows),
      x: chosen(x, patchRows),
      places: places(patchRows),
    },
    options,
  )
  if (!heads) return { logits: {}, decoder: seen }
  const inside = options.layerAnswers
    ? [...bodyStates.map((state) => chosen(normed(ops, state), queryRows)), ...seen.hiddenStates.slice(1)]
    : []
  return {
    logits: {
      ...detected(ops, seen.hiddenStates.at(-1) as Tensor, heads),
      ...detectedByLayer(ops, inside, heads),
    },
    decoder: seen,
  }
}

/** The positions [rows, D] of some rows; zeros for a token without one. */
function placesOf(rows: Uint32Array, { positions }: ImageInput, table: Float32Array, D: number): Float32Array {
  const out = new Float32Array(rows.length * D)
  rows.forEach((row, i) => {
    const place = positions[row] as number
    if (place >= 0) out.set(table.subarray(place * D, (place + 1) * D), i * D)
  })
  return out
}

/** Who may read whom in each layer. */
function windows(config: VidtConfig, { sources, dims: [, height, width] }: ImageInput): PackedMask {
  const { num_hidden_layers: layers, window_size: side, shift_size: shift, det_patch_layers } = config
  const [, columns] = patchGrid({ patch: config.patch_size }, [height, width])
  const window = { side, shift, columns }
  const each = Array.from({ length: layers }, (_, layer) => {
    const windowOf = Array.from(sources, (source) => (source >= 0 ? windowOfPatch(source, layer, window) : null))
    const seesPatches = det_patch_layers.includes(layer)
    return packMask(sources.length, (query, key) => {
      if (windowOf[query] !== null) return windowOf[query] === windowOf[key]
      return windowOf[key] === null || seesPatches
    })
  })
  return stackedMasks(each)
}
