/** The backend that the others are measured against: every operation runs at once, on the CPU twins. */

import { Halves } from '../core/dtypes.ts'
import { ClsroomError } from '../core/errors.ts'
import {
  attentionPoolSizes,
  attentionSizes,
  conv2dSizes,
  embedPatchesSizes,
  embedTokensSizes,
  expectData,
  expectIndices,
  gatedSizes,
  gatherRowsSizes,
  keepSizes,
  layerNormSizes,
  linearSizes,
  maxPool2dSizes,
  poolSizes,
  rmsNormSizes,
  rotarySizes,
} from '../core/op_shapes.ts'
import type { Backend, Ops, RunResult, Session, Tensor, TypedArray } from '../core/ops.ts'
import { numel, type Shape } from '../core/shapes.ts'
import { attention } from './attention.ts'
import { attentionPool } from './attention_pool.ts'
import { conv2d } from './conv2d.ts'
import { embedPatches } from './embed_patches.ts'
import { embedTokens } from './embed_tokens.ts'
import { gated } from './gated.ts'
import { gatherRows } from './gather_rows.ts'
import { keep } from './keep.ts'
import { layerNorm } from './layer_norm.ts'
import { linear } from './linear.ts'
import { maxPool2d } from './max_pool2d.ts'
import { pool } from './pool.ts'
import { rmsNorm } from './rms_norm.ts'
import { rotary } from './rotary.ts'

interface CpuTensor extends Tensor {
  readonly data: TypedArray
}

export function createCpuBackend(): Backend {
  return {
    kind: 'cpu',
    constant: (shape, data) => upload(shape, data instanceof Halves ? data.widened() : data),
    session: createSession,
    free: () => {},
    stats: () => ({ bytes: 0, pipelines: 0 }),
  }
}

function createSession(): Session {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run(forward) {
      const result = tail.then(() => runNow(forward))
      tail = result.catch(() => {})
      return result
    },
    dispose: async () => {},
  }
}

function runNow(forward: (ops: Ops) => Tensor[]): RunResult {
  const start = performance.now()
  let dispatches = 0
  const outputs = forward(createOps(() => dispatches++))
  const arrays = outputs.map((tensor) => ({ dims: [...tensor.shape], data: Float32Array.from(dataOf(tensor)) }))
  return { arrays, ms: performance.now() - start, dispatches }
}

function upload(shape: Shape, data: TypedArray): CpuTensor {
  return { shape, dtype: expectData(shape, data), data }
}

function zeros(...shape: number[]): CpuTensor & { data: Float32Array } {
  return { shape, dtype: 'f32', data: new Float32Array(numel(shape)) }
}

function dataOf(tensor: Tensor): TypedArray {
  if ('data' in tensor) return (tensor as CpuTensor).data
  throw new ClsroomError('internal', 'A tensor of another backend was given to the CPU backend')
}

// The guards have checked each tensor's dtype, so these only tell the compiler.
const f32 = (tensor: Tensor) => dataOf(tensor) as Float32Array
const u32 = (tensor: Tensor) => dataOf(tensor) as Uint32Array
const i32 = (tensor: Tensor) => dataOf(tensor) as Int32Array

/** @param count called once an operation */
function createOps(count: () => void): Ops {
  return {
    input: upload,

    embedTokens(args) {
      const sizes = embedTokensSizes(args)
      const { B, T, D, V, E, M, S } = sizes
      expectIndices('ids', u32(args.ids), 0, V + E)
      expectIndices('positions', u32(args.positions), 0, M)
      expectIndices('segments', u32(args.segments), 0, S)
      const out = zeros(B, T, D)
      embedTokens(
        out.data,
        u32(args.ids),
        u32(args.positions),
        u32(args.segments),
        f32(args.words),
        f32(args.positionTable),
        f32(args.segmentTable),
        f32(args.extra),
        sizes,
      )
      count()
      return out
    },

    embedPatches(args) {
      const sizes = embedPatchesSizes(args)
      const { B, T, D, N, S, M } = sizes
      expectIndices('sources', i32(args.sources), -S, N)
      expectIndices('positions', i32(args.positions), -1, M)
      const out = zeros(B, T, D)
      embedPatches(
        out.data,
        f32(args.pixels),
        f32(args.kernel),
        f32(args.bias),
        f32(args.specials),
        f32(args.positionTable),
        i32(args.sources),
        i32(args.positions),
        sizes,
      )
      count()
      return out
    },

    layerNorm(x, weight, bias, eps) {
      const { D } = layerNormSizes(x, weight, bias, eps)
      const y = zeros(...x.shape)
      layerNorm(y.data, f32(x), f32(weight), f32(bias), eps, D)
      count()
      return y
    },

    linear(x, weight, bias, options) {
      const sizes = linearSizes(x, weight, bias, options)
      const y = zeros(...sizes.shape)
      const residual = options?.residual ? f32(options.residual) : null
      linear(y.data, f32(x), f32(weight), f32(bias), options?.activation ?? 'none', residual, sizes)
      count()
      return options?.norm ? this.layerNorm(y, options.norm.weight, options.norm.bias, options.norm.eps) : y
    },

    rmsNorm(x, weight, eps) {
      const { D } = rmsNormSizes(x, weight, eps)
      const y = zeros(...x.shape)
      rmsNorm(y.data, f32(x), f32(weight), eps, D)
      count()
      return y
    },

    gated(x, activation) {
      const sizes = gatedSizes(x)
      const y = zeros(...sizes.shape)
      gated(y.data, f32(x), activation, sizes)
      count()
      return y
    },

    conv2d(x, weight, bias, options = {}) {
      const sizes = conv2dSizes(x, weight, bias, options)
      const { activation = 'none', residual } = options
      const y = zeros(sizes.B, sizes.O, sizes.Ho, sizes.Wo)
      conv2d(y.data, f32(x), f32(weight), f32(bias), residual ? f32(residual) : null, activation, sizes)
      count()
      return y
    },

    maxPool2d(x, window) {
      const sizes = maxPool2dSizes(x, window)
      const y = zeros(sizes.B, sizes.C, sizes.Ho, sizes.Wo)
      maxPool2d(y.data, f32(x), window, sizes)
      count()
      return y
    },

    rotary(x, cos, sin, options) {
      const sizes = rotarySizes(x, cos, sin, options)
      const out = zeros(...x.shape)
      rotary(out.data, f32(x), f32(cos), f32(sin), options, sizes)
      count()
      return out
    },

    keep(cache, x, row) {
      keep(f32(cache), f32(x), row, keepSizes(cache, x, row))
      count()
    },

    attention(queries, options) {
      const sizes = attentionSizes(queries, options)
      const { B, Tq, Tk, H, Dh } = sizes
      const { keysValues = queries, mask, bias, ablate, captureHeads } = options
      const context = zeros(B, Tq, H * Dh)
      const logSumExp = zeros(B, H, Tq)
      const probabilities = zeros(B, captureHeads.length, Tq, Tk)
      const operands = {
        queries: f32(queries),
        keysValues: f32(keysValues),
        mask: mask ? u32(mask) : null,
        bias: bias ? f32(bias) : null,
        ablate: ablate ? u32(ablate) : null,
        captureHeads,
      }
      attention(
        { context: context.data, logSumExp: logSumExp.data, probabilities: probabilities.data },
        operands,
        sizes,
      )
      count()
      return { context, logSumExp, probabilities: captureHeads.length > 0 ? probabilities : null }
    },

    gatherRows(x, rows) {
      const sizes = gatherRowsSizes(x, rows)
      expectIndices('rows', u32(rows), 0, sizes.T)
      const out = zeros(sizes.B, sizes.M, sizes.D)
      gatherRows(out.data, f32(x), u32(rows), sizes)
      count()
      return out
    },

    pool(x, chosen, mode) {
      const sizes = poolSizes(x, chosen)
      const out = zeros(sizes.B, sizes.D)
      pool(out.data, f32(x), u32(chosen), mode, sizes)
      count()
      return out
    },

    attentionPool(x, chosen, query) {
      const sizes = attentionPoolSizes(x, chosen, query)
      const pooled = zeros(sizes.B, sizes.D)
      const weights = zeros(sizes.B, sizes.T)
      attentionPool({ pooled: pooled.data, weights: weights.data }, f32(x), u32(chosen), f32(query), sizes)
      count()
      return { pooled, weights }
    },

    release: () => {},
  }
}
