/**
 * What each operation of `ops.ts` accepts and gives: one guard an operation, shared by the GPU and CPU backends.
 * A guard returns the sizes by their letters (see `shapes.ts`) and throws a `shape` error that prints what it found.
 */

import { ClsroomError } from './errors.ts'
import { maskWords } from './mask.ts'
import type { DType, Ops, Tensor, TypedArray } from './ops.ts'
import { expectShape, numel, type Shape, showShape } from './shapes.ts'

type Args<Name extends keyof Ops> = Parameters<Ops[Name]>

/** The sizes of a tensor of a given type and rank. */
function dims(what: string, tensor: Tensor, dtype: DType, letters: readonly string[]): number[] {
  const { shape } = tensor
  if (tensor.dtype !== dtype || shape.length !== letters.length) {
    throw new ClsroomError('shape', `${what} has the wrong type or rank`, {
      found: `${tensor.dtype} ${showShape(shape)}`,
      expected: `${dtype} [${letters.join(', ')}]`,
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

function expectAxes(what: string, tensor: Tensor): { rows: number; width: number } {
  const width = tensor.shape.at(-1)
  if (tensor.dtype !== 'f32' || width === undefined || width === 0) {
    throw new ClsroomError('shape', `${what} needs a last axis`, {
      found: `${tensor.dtype} ${showShape(tensor.shape)}`,
      expected: 'f32 [..., D] with D ≥ 1',
    })
  }
  return { rows: numel(tensor.shape) / width, width }
}

const DTYPE_OF = new Map<unknown, DType>([
  [Float32Array, 'f32'],
  [Uint32Array, 'u32'],
  [Int32Array, 'i32'],
])

/** The element type of uploaded data, which must fill its shape. */
export function expectData(shape: Shape, data: TypedArray): DType {
  if (data.length !== numel(shape)) {
    throw new ClsroomError('shape', 'The data does not fill its shape', {
      found: `${data.length} elements`,
      expected: `${numel(shape)} for ${showShape(shape)}`,
    })
  }
  return DTYPE_OF.get(data.constructor) as DType
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
  const [V, D] = dims('words', args.words, 'f32', ['V', 'D']) as [number, number]
  const [M] = dims('positionTable', args.positionTable, 'f32', ['M', 'D']) as [number, number]
  const [S] = dims('segmentTable', args.segmentTable, 'f32', ['S', 'D']) as [number, number]
  const [E] = dims('extra', args.extra, 'f32', ['E', 'D']) as [number, number]
  expectTensor('positions', args.positions, 'u32', [B, T])
  expectTensor('segments', args.segments, 'u32', [B, T])
  expectShape('positionTable', args.positionTable.shape, [M, D])
  expectShape('segmentTable', args.segmentTable.shape, [S, D])
  expectShape('extra', args.extra.shape, [E, D])
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
  const [, O] = dims('weight', weight, 'f32', ['I', 'O']) as [number, number]
  const shape = [...x.shape.slice(0, -1), O]
  expectShape('weight', weight.shape, [I, O])
  expectTensor('bias', bias, 'f32', [O])
  if (options?.residual) expectTensor('residual', options.residual, 'f32', shape)
  return { rows, I, O, shape }
}

export function attentionSizes(...[qkv, { heads: H, mask, maskLayer = 0, ablate, captureHeads }]: Args<'attention'>) {
  const [B, T, packed] = dims('qkv', qkv, 'f32', ['B', 'T', '3·D']) as [number, number, number]
  const D = packed / 3
  const Dh = D / H
  if (!Number.isInteger(Dh)) {
    throw new ClsroomError('shape', 'The heads do not divide the width', {
      found: `qkv ${showShape(qkv.shape)} with ${H} heads`,
      expected: '[B, T, 3 · H · Dh]',
    })
  }
  if (mask) {
    const [Lm] = dims('mask', mask, 'u32', ['Lm', 'B', 'T', '⌈T/32⌉']) as [number]
    expectShape('mask', mask.shape, [Lm, B, T, maskWords(T)])
    if (maskLayer < 0 || maskLayer >= Lm) {
      throw new ClsroomError('shape', 'maskLayer is outside the mask', {
        found: String(maskLayer),
        expected: `0 to ${Lm - 1} for ${showShape(mask.shape)}`,
      })
    }
  }
  if (ablate) expectTensor('ablate', ablate, 'u32', [H])
  if (new Set(captureHeads).size !== captureHeads.length || captureHeads.some((h) => h < 0 || h >= H)) {
    throw new ClsroomError('shape', 'captureHeads must be different heads of the layer', {
      found: showShape(captureHeads),
      expected: `numbers from 0 to ${H - 1}`,
    })
  }
  return { B, T, D, H, Dh }
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
