/**
 * What each operation of `ops.ts` accepts and gives: one guard an operation, shared by the GPU and CPU backends.
 * A guard returns the sizes by their letters (see `shapes.ts`) and throws a `shape` error that prints what it found.
 */

import { Halves } from './dtypes.ts'
import { ClsroomError } from './errors.ts'
import { maskWords } from './mask.ts'
import type { ArrayDType, AttentionOptions, DType, Ops, Tensor, TypedArray, Window } from './ops.ts'
import { expectShape, numel, type Shape, showShape } from './shapes.ts'

type Args<Name extends keyof Ops> = Parameters<Ops[Name]>

/** What a large table of weights may be stored in. */
const STORED: readonly DType[] = ['f32', 'f16', 'bf16']

/** The sizes of a tensor of a given rank and of one of some types. */
function dims(what: string, tensor: Tensor, dtypes: DType | readonly DType[], letters: readonly string[]): number[] {
  const { shape } = tensor
  const fits = typeof dtypes === 'string' ? tensor.dtype === dtypes : dtypes.includes(tensor.dtype)
  if (!fits || shape.length !== letters.length) {
    throw new ClsroomError('shape', `${what} has the wrong type or rank`, {
      found: `${tensor.dtype} ${showShape(shape)}`,
      expected: `${[dtypes].flat().join(', ')} [${letters.join(', ')}]`,
    })
  }
  return [...shape]
}

function expectTensor(what: string, tensor: Tensor, dtype: DType, shape: Shape): void {
  expectShape(what, tensor.shape, shape)
  if (tensor.dtype !== dtype) {
    throw new ClsroomError('shape', `${what} has the wrong type`, { found: tensor.dtype, expected: dtype })
  }
}

function expectAxes(what: string, tensor: Tensor, dtypes: readonly DType[] = ['f32']): { rows: number; width: number } {
  const width = tensor.shape.at(-1)
  if (!dtypes.includes(tensor.dtype) || width === undefined || width === 0) {
    throw new ClsroomError('shape', `${what} needs a last axis`, {
      found: `${tensor.dtype} ${showShape(tensor.shape)}`,
      expected: `${dtypes.join(', ')} [..., D] with D ≥ 1`,
    })
  }
  return { rows: numel(tensor.shape) / width, width }
}

const DTYPE_OF = new Map<unknown, ArrayDType>([
  [Float32Array, 'f32'],
  [Uint32Array, 'u32'],
  [Int32Array, 'i32'],
])

/** The element type of uploaded data, which must fill its shape. */
export function expectData(shape: Shape, data: TypedArray): ArrayDType
export function expectData(shape: Shape, data: TypedArray | Halves): DType
export function expectData(shape: Shape, data: TypedArray | Halves): DType {
  if (data.length !== numel(shape)) {
    throw new ClsroomError('shape', 'The data does not fill its shape', {
      found: `${data.length} elements`,
      expected: `${numel(shape)} for ${showShape(shape)}`,
    })
  }
  return data instanceof Halves ? data.format : (DTYPE_OF.get(data.constructor) as ArrayDType)
}

/** Every index must name a row that exists: a kernel cannot throw, so the uploaded numbers are checked before it runs. */
export function expectIndices(what: string, indices: TypedArray, from: number, below: number): void {
  const at = indices.findIndex((index) => index < from || index >= below)
  if (at < 0) return
  throw new ClsroomError('shape', `${what} names a row that does not exist`, {
    found: `${indices[at]} at place ${at}`,
    expected: `a number from ${from} to ${below - 1}`,
  })
}

export function embedTokensSizes(args: Args<'embedTokens'>[0]) {
  const [B, T] = dims('ids', args.ids, 'u32', ['B', 'T']) as [number, number]
  const { rows: V, width: D } = expectAxes('words', args.words, STORED)
  const [M] = dims('positionTable', args.positionTable, 'f32', ['M', 'D']) as [number, number]
  const [S] = dims('segmentTable', args.segmentTable, 'f32', ['S', 'D']) as [number, number]
  const { rows: E } = expectAxes('extra', args.extra)
  expectTensor('positions', args.positions, 'u32', [B, T])
  expectTensor('segments', args.segments, 'u32', [B, T])
  expectShape('positionTable', args.positionTable.shape, [M, D])
  expectShape('segmentTable', args.segmentTable.shape, [S, D])
  expectShape('extra', args.extra.shape, [...args.extra.shape.slice(0, -1), D])
  return { B, T, D, V, E, M, S }
}

export function embedPatchesSizes(args: Args<'embedPatches'>[0]) {
  const [B, C, Hpx, Wpx] = dims('pixels', args.pixels, 'f32', ['B', 'C', 'Hpx', 'Wpx']) as [
    number,
    number,
    number,
    number,
  ]
  const [D, , P] = dims('kernel', args.kernel, 'f32', ['D', 'C', 'P', 'P']) as [number, number, number, number]
  const [, T] = dims('sources', args.sources, 'i32', ['B', 'T']) as [number, number]
  const [S] = dims('specials', args.specials, 'f32', ['S', 'D']) as [number, number]
  const [M] = dims('positionTable', args.positionTable, 'f32', ['M', 'D']) as [number, number]
  expectShape('kernel', args.kernel.shape, [D, C, P, P])
  expectTensor('bias', args.bias, 'f32', [D])
  expectShape('specials', args.specials.shape, [S, D])
  expectShape('positionTable', args.positionTable.shape, [M, D])
  expectShape('sources', args.sources.shape, [B, T])
  expectTensor('positions', args.positions, 'i32', [B, T])
  const patchRow = Math.floor(Wpx / P)
  return { B, T, D, C, P, S, M, Hpx, Wpx, patchRow, N: patchRow * Math.floor(Hpx / P) }
}

export function layerNormSizes(...[x, weight, bias]: Args<'layerNorm'>) {
  const { rows, width: D } = expectAxes('x', x)
  expectTensor('weight', weight, 'f32', [D])
  expectTensor('bias', bias, 'f32', [D])
  return { rows, D }
}

export function linearSizes(...[x, weight, bias, options]: Args<'linear'>) {
  const { rows, width: I } = expectAxes('x', x)
  const [, O] = dims('weight', weight, STORED, ['I', 'O']) as [number, number]
  const shape = [...x.shape.slice(0, -1), O]
  expectShape('weight', weight.shape, [I, O])
  expectTensor('bias', bias, 'f32', [O])
  if (options?.residual) expectTensor('residual', options.residual, 'f32', shape)
  if (options?.norm) {
    expectTensor('normWeight', options.norm.weight, 'f32', [O])
    expectTensor('normBias', options.norm.bias, 'f32', [O])
  }
  return { rows, I, O, shape }
}

export function rmsNormSizes(...[x, weight]: Args<'rmsNorm'>) {
  const { rows, width: D } = expectAxes('x', x)
  expectTensor('weight', weight, 'f32', [D])
  return { rows, D }
}

export function gatedSizes(x: Tensor) {
  const { rows, width } = expectAxes('x', x)
  const F = width / 2
  expectWhole('The gate and what it lets through need an even width', showShape(x.shape), '[..., 2 · F]', F)
  return { rows, F, shape: [...x.shape.slice(0, -1), F] }
}

export function conv2dSizes(...[x, weight, bias, options]: Args<'conv2d'>) {
  const { stride = [1, 1], padding = [0, 0], groups = 1, residual } = options ?? {}
  const [B, C, Hpx, Wpx] = dims('x', x, 'f32', ['B', 'C', 'Hpx', 'Wpx']) as [number, number, number, number]
  const [O, , Kh, Kw] = dims('weight', weight, 'f32', ['O', 'C / groups', 'Kh', 'Kw']) as [
    number,
    number,
    number,
    number,
  ]
  expectWhole(
    'The groups do not divide the channels',
    `${groups} groups`,
    `a divisor of ${C} and ${O}`,
    C / groups,
    O / groups,
  )
  expectShape('weight', weight.shape, [O, C / groups, Kh, Kw])
  expectTensor('bias', bias, 'f32', [O])
  const Ho = Math.floor((Hpx + 2 * padding[0] - Kh) / stride[0]) + 1
  const Wo = Math.floor((Wpx + 2 * padding[1] - Kw) / stride[1]) + 1
  if (Ho < 1 || Wo < 1) {
    throw new ClsroomError('shape', 'The filter is larger than the picture', {
      found: `${Kh} × ${Kw} on ${Hpx} × ${Wpx}`,
      expected: 'a filter that fits, with its padding',
    })
  }
  if (residual) expectTensor('residual', residual, 'f32', [B, O, Ho, Wo])
  return { B, C, O, Hpx, Wpx, Kh, Kw, Ho, Wo, stride, padding, channels: C / groups, filters: O / groups }
}

export function maxPool2dSizes(...[x, { size, stride, padding }]: Args<'maxPool2d'>) {
  const [B, C, Hpx, Wpx] = dims('x', x, 'f32', ['B', 'C', 'Hpx', 'Wpx']) as [number, number, number, number]
  if (2 * padding > size || padding < 0) {
    throw new ClsroomError('shape', 'The padding of a window is too wide', {
      found: `a padding of ${padding}`,
      expected: `at most half of ${size}`,
    })
  }
  const [Ho, Wo] = [Hpx, Wpx].map((length) => Math.floor((length + 2 * padding - size) / stride) + 1) as [
    number,
    number,
  ]
  if (Ho < 1 || Wo < 1) {
    throw new ClsroomError('shape', 'The window is larger than the picture', {
      found: `${size} × ${size} on ${Hpx} × ${Wpx}`,
      expected: 'a window that fits, with its padding',
    })
  }
  return { B, C, Hpx, Wpx, Ho, Wo }
}

export function rotarySizes(...[x, cos, sin, { heads }]: Args<'rotary'>) {
  const [B, T, W] = dims('x', x, 'f32', ['B', 'T', 'W']) as [number, number, number]
  const [, half] = dims('cos', cos, 'f32', ['T', 'Dh / 2']) as [number, number]
  expectTensor('cos', cos, 'f32', [T, half])
  expectTensor('sin', sin, 'f32', [T, half])
  if (heads * 2 * half > W) {
    throw new ClsroomError('shape', 'The heads to turn are wider than their row', {
      found: `${heads} heads of ${2 * half}`,
      expected: `at most ${W} together`,
    })
  }
  return { B, T, W, half }
}

export function keepSizes(...[cache, x, row]: Args<'keep'>) {
  const [B, Tmax, W] = dims('cache', cache, 'f32', ['B', 'Tmax', 'W']) as [number, number, number]
  const [, T, from] = dims('x', x, 'f32', ['B', 'T', '≥ W']) as [number, number, number]
  expectShape('x', x.shape, [B, T, Math.max(from, W)])
  if (!Number.isInteger(row) || row < 0 || row + T > Tmax) {
    throw new ClsroomError('shape', 'The cache has no such rows', {
      found: `rows ${row} to ${row + T - 1}`,
      expected: `within 0 to ${Tmax - 1}`,
    })
  }
  return { B, T, Tmax, W, from }
}

/** What attention reads and writes, in numbers; strides and offsets count f32. */
export function attentionSizes(...[queries, options]: Args<'attention'>) {
  const { heads: H, keyHeads: Hk = H, keysValues, captureHeads, ablate } = options
  const [B, Tq, queryStride] = dims('queries', queries, 'f32', ['B', 'Tq', 'W']) as [number, number, number]
  expectWhole('The key heads do not divide the heads', `${H} heads, ${Hk} key heads`, 'a divisor', H / Hk)
  const [, rows, keyStride] = keysValues
    ? (dims('keysValues', keysValues, 'f32', ['B', 'Tmax', '2·Hk·Dh']) as [number, number, number])
    : [B, Tq, queryStride]
  const Dh = keysValues ? keyStride / (2 * Hk) : queryStride / (H + 2 * Hk)
  const found = `${showShape((keysValues ?? queries).shape)} with ${H} heads and ${Hk} key heads`
  expectWhole('The heads do not divide the width', found, keysValues ? '[B, T, 2·Hk·Dh]' : '[B, T, (H+2·Hk)·Dh]', Dh)
  if (keysValues) {
    expectShape('keysValues', keysValues.shape, [B, rows, keyStride])
    expectShape('queries', queries.shape, [B, Tq, Math.max(queryStride, H * Dh)])
  }
  const Tk = keysValues ? (options.keys ?? rows) : Tq
  if (!Number.isInteger(Tk) || Tk < 1 || Tk > rows) {
    throw new ClsroomError('shape', 'There are no such keys', { found: `${Tk} keys`, expected: `1 to ${rows}` })
  }
  if (ablate) expectTensor('ablate', ablate, 'u32', [H])
  if (new Set(captureHeads).size !== captureHeads.length || captureHeads.some((h) => h < 0 || h >= H)) {
    throw new ClsroomError('shape', 'captureHeads must be different heads of the layer', {
      found: showShape(captureHeads),
      expected: `numbers from 0 to ${H - 1}`,
    })
  }
  return {
    B,
    Tq,
    Tk,
    H,
    Hk,
    Dh,
    queryStride,
    keyStride,
    keyRows: rows,
    keyOffset: keysValues ? 0 : H * Dh,
    scale: options.scale ?? 1 / Math.sqrt(Dh),
    ...maskSizes(options, B, H, Tq, Tk),
    ...biasSizes(options.bias, H, Tq, Tk),
    ...band(options.window, Tq, Tk),
  }
}

/** The heads of a mask (0 without one), and which of its layers is read. */
function maskSizes({ mask, maskLayer = 0 }: AttentionOptions, B: number, H: number, Tq: number, Tk: number) {
  if (!mask) return { maskHeads: 0, maskLayer: 0 }
  const perHead = mask.shape.length === 5
  const [Lm, , heads] = mask.shape as [number, number, number]
  const Hm = perHead && heads !== 1 ? H : 1
  expectTensor('mask', mask, 'u32', [Lm, B, ...(perHead ? [Hm] : []), Tq, maskWords(Tk)])
  if (maskLayer < 0 || maskLayer >= Lm) {
    throw new ClsroomError('shape', 'maskLayer is outside the mask', {
      found: String(maskLayer),
      expected: `0 to ${Lm - 1} for ${showShape(mask.shape)}`,
    })
  }
  return { maskHeads: Hm, maskLayer }
}

/** Where the bias of a score lies: biasFirst + h · biasHead + q · biasQuery + k · biasKey. */
function biasSizes(bias: Tensor | undefined, H: number, Tq: number, Tk: number) {
  if (bias?.shape.length === 2) {
    expectTensor('bias', bias, 'f32', [Tq + Tk - 1, H])
    return { biasFirst: (Tq - 1) * H, biasHead: 1, biasQuery: -H, biasKey: H }
  }
  if (bias) expectTensor('bias', bias, 'f32', [H, Tq, Tk])
  return { biasFirst: 0, biasHead: Tq * Tk, biasQuery: Tk, biasKey: 1 }
}

/** A window as bounds of k − q; the last query stands at the position of the last key. */
function band(
  { back, ahead }: Window = { back: Number.POSITIVE_INFINITY, ahead: Number.POSITIVE_INFINITY },
  Tq: number,
  Tk: number,
) {
  const shift = Tk - Tq
  return { least: Math.max(shift - back, -Tq), most: Math.min(shift + ahead, Tk) }
}

function expectWhole(what: string, found: string, expected: string, ...sizes: number[]): void {
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return
  throw new ClsroomError('shape', what, { found, expected })
}

export function gatherRowsSizes(...[x, rows]: Args<'gatherRows'>) {
  const [B, T, D] = dims('x', x, 'f32', ['B', 'T', 'D']) as [number, number, number]
  const [, M] = dims('rows', rows, 'u32', ['B', 'M']) as [number, number]
  expectShape('rows', rows.shape, [B, M])
  return { B, T, D, M }
}

export function poolSizes(x: Tensor, chosen: Tensor) {
  const [B, T, D] = dims('x', x, 'f32', ['B', 'T', 'D']) as [number, number, number]
  expectTensor('chosen', chosen, 'u32', [B, T])
  return { B, T, D }
}

export function attentionPoolSizes(...[x, chosen, query]: Args<'attentionPool'>) {
  const sizes = poolSizes(x, chosen)
  expectTensor('query', query, 'f32', [sizes.D])
  return sizes
}
