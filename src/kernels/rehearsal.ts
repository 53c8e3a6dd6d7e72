/**
 * A forward of a few numbers through the operations that models are made of, in their usual widths. It is run while weights
 * are on their way, so that their first forward finds its pipelines compiled.
 */

import type { Backend, Ops, Tensor } from '../core/ops.ts'

/** Enough rows, and widths in fours, for the variants of the kernels that real lengths and widths take. */
const [T, D, H, LABELS] = [9, 8, 2, 2]
/** Rows of an answer that has just begun, and a vocabulary of an odd size. */
const [FEW, VOCABULARY] = [3, 5]

/** What the first model reads: a text, a picture, or a text and the answer it writes. */
export type Opening = 'text' | 'image' | 'answer'

/** @param opening what the page opens on */
export async function rehearse(backend: Backend, opening: Opening): Promise<void> {
  const session = backend.session()
  const rehearsals = { text: encodeTokens, image: encodePatches, answer: answerTokens }
  try {
    await session.run(rehearsals[opening])
  } finally {
    await session.dispose()
  }
}

const floats = (ops: Ops, ...shape: number[]) => ops.input(shape, new Float32Array(shape.reduce((a, b) => a * b)))
const rows = (ops: Ops, count: number) => ops.input([1, count], new Uint32Array(count))

function embedTokens(ops: Ops): Tensor {
  return ops.embedTokens({
    ids: rows(ops, T),
    positions: rows(ops, T),
    segments: rows(ops, T),
    words: floats(ops, 1, D),
    positionTable: floats(ops, 1, D),
    segmentTable: floats(ops, 1, D),
    extra: floats(ops, 0, D),
  })
}

const encodeTokens = (ops: Ops): Tensor[] => encode(ops, embedTokens(ops))

/** What an encoder–decoder does: norms without a mean, and answers of one row, of few and of many. */
function answerTokens(ops: Ops): Tensor[] {
  const x = ops.rmsNorm(embedTokens(ops), floats(ops, D), 1)
  const qkv = ops.linear(x, floats(ops, D, 3 * D), floats(ops, 3 * D))
  const { context } = ops.attention(qkv, { heads: H, captureHeads: [0] })
  const written = [1, FEW, T].flatMap((count) =>
    [D, VOCABULARY].map((width) => ops.linear(floats(ops, 1, count, D), floats(ops, D, width), floats(ops, width))),
  )
  return [context, ...written]
}

function encodePatches(ops: Ops): Tensor[] {
  const x = ops.embedPatches({
    pixels: floats(ops, 1, 1, 1, 1),
    kernel: floats(ops, D, 1, 1, 1),
    bias: floats(ops, D),
    specials: floats(ops, 0, D),
    positionTable: floats(ops, 1, D),
    sources: ops.input([1, T], new Int32Array(T)),
    positions: ops.input([1, T], new Int32Array(T)),
  })
  return [...encode(ops, x), ops.attentionPool(x, rows(ops, T), floats(ops, D)).pooled]
}

/** What every encoder does, and the heads on it. */
function encode(ops: Ops, embedded: Tensor): Tensor[] {
  const x = ops.layerNorm(embedded, floats(ops, D), floats(ops, D), 1)
  const qkv = ops.linear(x, floats(ops, D, 3 * D), floats(ops, 3 * D))
  const { context } = ops.attention(qkv, { heads: H, captureHeads: [0] })
  const cls = ops.gatherRows(context, rows(ops, 1))
  const pooled = ops.linear(cls, floats(ops, D, D), floats(ops, D))
  return [ops.linear(pooled, floats(ops, D, LABELS), floats(ops, LABELS)), ops.pool(context, rows(ops, T), 'mean')]
}
