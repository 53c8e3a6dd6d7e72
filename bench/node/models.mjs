/** Models of usual shapes with weights from a seed, one that comes with the page, and operands of single kernels. */

import { readFileSync } from 'node:fs'

/** A linear congruential generator (Numerical Recipes): fast, and the same everywhere. */
function draw(count, spread, seed) {
  const out = new Float32Array(count)
  let state = seed >>> 0
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    out[i] = (state / 2 ** 31 - 1) * spread
  }
  return out
}

export const FILLS = {
  linear: (ops, rows, I, O) => [
    ops.input([1, rows, I], kept(rows * I)),
    ops.input([I, O], kept(I * O)),
    ops.input([O], kept(O)),
  ],
  qkv: (ops, T, D) => ops.input([1, T, 3 * D], kept(T * 3 * D)),
}

const drawn = new Map()
function kept(count) {
  if (!drawn.has(count)) drawn.set(count, draw(count, 0.1, count))
  return drawn.get(count)
}

const bert = (L, D, H, F) => ({
  model_type: 'bert',
  hidden_size: D,
  num_hidden_layers: L,
  num_attention_heads: H,
  intermediate_size: F,
  vocab_size: 1000,
})
/** What the page would ask of the engine. */
const text = (T) => ({ kind: 'text', ids: Array.from({ length: T }, (_, t) => (t * 7) % 1000) })
const image = (side) => ({ kind: 'image', pixels: { dims: [3, side, side], data: draw(3 * side * side, 1, 1) } })
/** Multiply-adds of a stack, twice: projections, feed-forward, attention. */
const flops = (T, L, D, F) => 2 * T * L * (4 * D * D + 2 * D * F + 2 * T * D)

const CLSROOM_BERT = 'public/models/clsroom-bert'
const shipped = JSON.parse(readFileSync(`${CLSROOM_BERT}/config.json`, 'utf8'))

export const MODELS = [
  {
    name: 'what recording 12 layers takes (width 32, 8 tokens)',
    config: bert(12, 32, 2, 32),
    input: text(8),
    flops: flops(8, 12, 32, 32),
  },
  {
    name: 'clsroom-bert, 64 tokens, weights in f16',
    config: shipped,
    file: `${CLSROOM_BERT}/model.safetensors`,
    input: text(64),
    flops: flops(64, shipped.num_hidden_layers, shipped.hidden_size, shipped.intermediate_size),
  },
  {
    name: 'MiniLM-like (6 × 384), 128 tokens',
    config: bert(6, 384, 12, 1536),
    input: text(128),
    flops: flops(128, 6, 384, 1536),
  },
  {
    name: 'ViT-S/16, 197 tokens',
    config: {
      model_type: 'vit',
      hidden_size: 384,
      num_hidden_layers: 12,
      num_attention_heads: 6,
      intermediate_size: 1536,
      num_labels: 10,
    },
    input: image(224),
    flops: flops(197, 12, 384, 1536),
  },
  {
    name: 'BERT-base, 128 tokens',
    config: bert(12, 768, 12, 3072),
    input: text(128),
    flops: flops(128, 12, 768, 3072),
  },
  {
    name: 'BERT-base, 128 tokens, weights in bf16',
    config: bert(12, 768, 12, 3072),
    halves: true,
    input: text(128),
    flops: flops(128, 12, 768, 3072),
  },
  {
    name: 'BERT-base, 512 tokens',
    config: bert(12, 768, 12, 3072),
    input: text(512),
    flops: flops(512, 12, 768, 3072),
  },
]

/**
 * Weights by Hugging Face's names for one of the configs above: small, and norms of about one.
 * @param Halves the class of numbers at half the width, where they are to be in bf16
 */
export function weightsOf(config, Halves) {
  const { model_type, hidden_size: D, num_hidden_layers: L, intermediate_size: F, vocab_size: V } = config
  const weights = new Map()
  const put = (name, shape, centre = 0) => {
    const count = shape.reduce((a, b) => a * b, 1)
    const data = draw(count, 0.05, weights.size + 1).map((value) => value + centre)
    if (!Halves) return weights.set(name, { shape, data })
    const halves = new Halves(
      'bf16',
      Uint16Array.from(new Uint32Array(data.buffer), (bits) => bits >>> 16),
    )
    weights.set(name, { shape, data: halves.widened(), halves })
  }
  const linear = (name, I, O) => {
    put(`${name}.weight`, [O, I])
    put(`${name}.bias`, [O])
  }
  const norm = (name) => {
    put(`${name}.weight`, [D], 1)
    put(`${name}.bias`, [D])
  }
  const layers = Array.from({ length: L }, (_, l) => `encoder.layer.${l}`)
  if (model_type === 'bert') {
    put('embeddings.word_embeddings.weight', [V, D])
    put('embeddings.position_embeddings.weight', [512, D])
    put('embeddings.token_type_embeddings.weight', [2, D])
    norm('embeddings.LayerNorm')
    for (const name of layers) {
      for (const part of ['query', 'key', 'value']) linear(`${name}.attention.self.${part}`, D, D)
      linear(`${name}.attention.output.dense`, D, D)
      norm(`${name}.attention.output.LayerNorm`)
      linear(`${name}.intermediate.dense`, D, F)
      linear(`${name}.output.dense`, F, D)
      norm(`${name}.output.LayerNorm`)
    }
    return weights
  }
  put('embeddings.cls_token', [1, 1, D])
  put('embeddings.position_embeddings', [1, 197, D])
  put('embeddings.patch_embeddings.projection.weight', [D, 3, 16, 16])
  put('embeddings.patch_embeddings.projection.bias', [D])
  norm('layernorm')
  linear('classifier', D, 10)
  for (const name of layers) {
    for (const part of ['query', 'key', 'value']) linear(`${name}.attention.attention.${part}`, D, D)
    linear(`${name}.attention.output.dense`, D, D)
    norm(`${name}.layernorm_before`)
    norm(`${name}.layernorm_after`)
    linear(`${name}.intermediate.dense`, D, F)
    linear(`${name}.output.dense`, F, D)
  }
  return weights
}
