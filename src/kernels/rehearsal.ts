/**
 * A forward of a few numbers through the operations that models are made of, in their usual widths. It is run while weights
 * are on their way, so that their first forward finds its pipelines compiled.
 */

import { Halves } from '../core/dtypes.ts'
import type { Backend, Ops, Tensor } from '../core/ops.ts'
import { numel } from '../core/shapes.ts'

/** Enough rows, and widths in fours, for the variants of the kernels that real lengths and widths take. */
const [T, D, H, LABELS] = [9, 8, 2, 2]
/** Rows of an answer that has just begun, and a vocabulary of an odd size. */
const [FEW, VOCABULARY] = [3, 5]

/** What the first model reads: a text, a picture, a picture that it finds boxes in, or a text and the answer it writes. */
export type Opening = 'text' | 'image' | 'boxes' | 'answer'

/** Weights in halves, as those of the models that come with the page are. */
class Weights {
  readonly tensors: Tensor[] = []
  private readonly backend: Backend

  constructor(backend: Backend) {
    this.backend = backend
  }

  halves(...shape: number[]): Tensor {
    const tensor = this.backend.constant(shape, new Halves('f16', new Uint16Array(numel(shape))))
    this.tensors.push(tensor)
    return tensor
  }
}

/** @param opening what the page opens on */
export async function rehearse(backend: Backend, opening: Opening): Promise<void> {
  const session = backend.session()
  const rehearsals = { text: encodeTokens, image: encodePatches, boxes: findBoxes, answer: answerTokens }
  const weights = new Weights(backend)
  try {
    await session.run((ops) => rehearsals[opening](ops, weights))
  } finally {
    await session.dispose()
    backend.free(weights.tensors)
  }
}

const floats = (ops: Ops, ...shape: number[]) => ops.input(shape, new Float32Array(numel(shape)))
const rows = (ops: Ops, count: number) => ops.input([1, count], new Uint32Array(count))

/** @param words [1, D] */
function embedTokens(ops: Ops, words: Tensor): Tensor {
  return ops.embedTokens({
    ids: rows(ops, T),
    positions: rows(ops, T),
    segments: rows(ops, T),
    words,
    positionTable: floats(ops, 1, D),
    segmentTable: floats(ops, 1, D),
    extra: floats(ops, 0, D),
  })
}

function encodeTokens(ops: Ops, weights: Weights): Tensor[] {
  return encode(ops, weights, embedTokens(ops, weights.halves(1, D)))
}

/** What an encoder–decoder does: norms without a mean, and answers of one row, of few and of many. */
function answerTokens(ops: Ops, weights: Weights): Tensor[] {
  const x = ops.rmsNorm(embedTokens(ops, weights.halves(1, D)), floats(ops, D), 1)
  const qkv = ops.linear(x, weights.halves(D, 3 * D), floats(ops, 3 * D))
  const { context } = ops.attention(qkv, { heads: H, captureHeads: [0] })
  const written = [1, FEW, T].flatMap((count) => {
    const states = floats(ops, 1, count, D)
    return [
      ops.linear(states, weights.halves(D, D), floats(ops, D)),
      ops.linear(states, floats(ops, D, VOCABULARY), floats(ops, VOCABULARY)), // the words once more, scaled, as T5 has them
    ]
  })
  return [context, ...written]
}

function encodePatches(ops: Ops, weights: Weights): Tensor[] {
  const x = ops.embedPatches({
    pixels: floats(ops, 1, 1, 1, 1),
    kernel: floats(ops, D, 1, 1, 1),
    bias: floats(ops, D),
    specials: floats(ops, 0, D),
    positionTable: floats(ops, 1, D),
    sources: ops.input([1, T], new Int32Array(T)),
    positions: ops.input([1, T], new Int32Array(T)),
  })
  const drawn = embedTokens(ops, floats(ops, 1, D)) // what a masked autoencoder draws pictures from
  return [...encode(ops, weights, x), ops.attentionPool(x, rows(ops, T), floats(ops, D)).pooled, drawn]
}

/** What detectors do: a backbone before the encoder, and answers of few rows, of an odd number of classes. */
function findBoxes(ops: Ops, weights: Weights): Tensor[] {
  const filters = floats(ops, D, 1, 1, 1)
  const features = ops.conv2d(floats(ops, 1, 1, 2, 2), filters, floats(ops, D), { activation: 'relu' })
  const asked = ops.linear(floats(ops, 1, FEW, D), weights.halves(D, D), floats(ops, D))
  return [
    ...encodePatches(ops, weights),
    ops.maxPool2d(features, { size: 1, stride: 1, padding: 0 }),
    ops.linear(asked, weights.halves(D, VOCABULARY), floats(ops, VOCABULARY)),
  ]
}

/** What every encoder does, and the heads on it. */
function encode(ops: Ops, weights: Weights, embedded: Tensor): Tensor[] {
  const x = ops.layerNorm(embedded, floats(ops, D), floats(ops, D), 1)
  const qkv = ops.linear(x, weights.halves(D, 3 * D), floats(ops, 3 * D))
  const { context } = ops.attention(qkv, { heads: H, captureHeads: [0] })
  const cls = ops.gatherRows(context, rows(ops, 1))
  const pooled = ops.linear(cls, weights.halves(D, D), floats(ops, D))
  return [ops.linear(pooled, weights.halves(D, LABELS), floats(ops, LABELS)), ops.pool(context, rows(ops, T), 'mean')]
}
