/** A kernel as data: its WGSL, bindings and parameters by name; `program` turns it into a compilable source. */

import { ClsroomError } from '../core/errors.ts'
import type { DType, Tensor } from '../core/ops.ts'
import type { Program } from '../gpu/pipelines.ts'

export type Scalar = 'u32' | 'i32' | 'f32'

/**
 * An element of a storage array. A `Chunk` is vec4, vec2 or f32: the widest that divides the row (constant WIDTH). A `Stored`
 * one is a Chunk that may lie in memory as f16 or bf16, as its tensor says; the program reads it by `<name>_at(index)`.
 */
export type Element = Scalar | 'Chunk' | 'Stored'

/** Template constants: they become `const`, not `override`, since they size workgroup arrays. */
export interface Constants {
  /** Components of a Chunk. */
  WIDTH?: 1 | 2 | 4
  /** How often a line that contains `#r` stands in the program, with r = 0 … ROWS − 1: named accumulators. */
  ROWS?: number
  [name: string]: number | undefined
}

interface Interface<Reads extends string, Writes extends string, Params extends string> {
  name: string
  wgsl: string
  reads: Readonly<Record<Reads, Element>>
  writes: Readonly<Record<Writes, Element>>
  params: Readonly<Record<Params, Scalar>>
}

/** One call of a kernel, ready to be recorded. */
export interface Dispatch {
  program: Program
  /** In binding order, after the uniform. */
  tensors: Tensor[]
  /** Writes the uniform's fields at a byte offset. */
  writeParams(view: DataView, offset: number): void
  workgroups: number
}

export interface Kernel<Reads extends string, Writes extends string, Params extends string> {
  readonly name: string
  /** The complete program for these constants, and this type of what is `Stored`; the same object for the same of both. */
  program(constants: Constants, stored?: DType): Program
  dispatch(call: {
    constants: Constants
    reads: Record<Reads, Tensor>
    writes: Record<Writes, Tensor>
    params: Record<Params, number>
    workgroups: number
  }): Dispatch
}

/** Bytes between the uniforms of two dispatches: WebGPU's default offset alignment. */
export const PARAMS_STRIDE = 256

export function defineKernel<Reads extends string, Writes extends string, Params extends string>(
  spec: Interface<Reads, Writes, Params>,
): Kernel<Reads, Writes, Params> {
  const readNames = Object.keys(spec.reads) as Reads[]
  const writeNames = Object.keys(spec.writes) as Writes[]
  const fields = Object.entries(spec.params) as [Params, Scalar][]
  const programs = new Map<string, Program>()

  const storedName = readNames.find((name) => spec.reads[name] === 'Stored')

  const program = (constants: Constants, stored: DType = 'f32') => {
    // Asked for once a dispatch: cheaper than JSON.
    let key: string = stored
    for (const name in constants) key += ` ${name} ${constants[name]}`
    const known = programs.get(key)
    if (known) return known
    const built = buildProgram(spec, constants, stored)
    programs.set(key, built)
    return built
  }

  return {
    name: spec.name,
    program,
    dispatch({ constants, reads, writes, params, workgroups }) {
      return {
        program: program(constants, storedName && reads[storedName].dtype),
        tensors: [...readNames.map((name) => reads[name]), ...writeNames.map((name) => writes[name])],
        writeParams(view, offset) {
          for (const [i, [name, type]] of fields.entries()) SETTERS[type](view, offset + 4 * i, params[name])
        },
        workgroups,
      }
    },
  }
}

const SETTERS: Record<Scalar, (view: DataView, offset: number, value: number) => void> = {
  u32: (view, offset, value) => view.setUint32(offset, value, true),
  i32: (view, offset, value) => view.setInt32(offset, value, true),
  f32: (view, offset, value) => view.setFloat32(offset, value, true),
}

/** The widest chunk that divides every one of these row lengths. */
export function chunkWidth(...lengths: number[]): 1 | 2 | 4 {
  if (lengths.every((length) => length % 4 === 0)) return 4
  return lengths.every((length) => length % 2 === 0) ? 2 : 1
}

function buildProgram(spec: Interface<string, string, string>, constants: Constants, stored: DType): Program {
  const { name, reads, writes, params } = spec
  const fields = Object.entries(params).map(([field, type]) => `  ${field}: ${type},`)
  const storage = [
    ...Object.entries(reads).map(([field, type]) => {
      const element = type === 'Stored' ? storedElement(stored, constants.WIDTH) : type
      return `var<storage, read> ${field}: array<${element}>;`
    }),
    ...Object.entries(writes).map(([field, type]) => `var<storage, read_write> ${field}: array<${type}>;`),
  ]
  if (storage.length > 8 || fields.length * 4 > PARAMS_STRIDE) {
    throw new ClsroomError('internal', `Kernel ${name} needs more than WebGPU's default limits`, {
      found: `${storage.length} storage buffers, ${fields.length} parameters`,
    })
  }
  const source = [
    ...Object.entries(constants).map(([constant, value]) => `const ${constant} = ${value}u;`),
    ...(constants.WIDTH ? [CHUNK[constants.WIDTH]] : []),
    'struct Params {',
    ...fields,
    '}',
    '@group(0) @binding(0) var<uniform> params: Params;',
    ...storage.map((declaration, i) => `@group(0) @binding(${i + 1}) ${declaration}`),
    FLAT_INDEX,
    ...Object.entries(reads).flatMap(([field, type]) =>
      type === 'Stored' ? [storedAccess(field, stored, constants.WIDTH)] : [],
    ),
    repeatRows(spec.wgsl, constants.ROWS ?? 0),
  ].join('\n')
  return {
    label: `${name} ${JSON.stringify(constants)}${stored === 'f32' ? '' : ` ${stored}`}`,
    source,
    bindings: [
      'uniform',
      ...Object.keys(reads).map(() => 'read-only-storage' as const),
      ...Object.keys(writes).map(() => 'storage' as const),
    ],
  }
}

/** WGSL has no type of one component that has `.x`, so what needs the components goes through `chunk_sum`. */
const CHUNK: Record<1 | 2 | 4, string> = {
  1: 'alias Chunk = f32;\nfn chunk_sum(c: Chunk) -> f32 { return c; }',
  2: 'alias Chunk = vec2<f32>;\nfn chunk_sum(c: Chunk) -> f32 { return c.x + c.y; }',
  4: 'alias Chunk = vec4<f32>;\nfn chunk_sum(c: Chunk) -> f32 { return (c.x + c.y) + (c.z + c.w); }',
}

/** What a chunk lies in: two halves a word. A single one shares its word with a neighbour. */
function storedElement(stored: DType, WIDTH: Constants['WIDTH']): string {
  if (stored === 'f32') return 'Chunk'
  return WIDTH === 4 ? 'vec2<u32>' : 'u32'
}

/** Reads chunk `i` of a stored array in f32. */
function storedAccess(field: string, stored: DType, WIDTH: Constants['WIDTH']): string {
  const read = (body: string) => `fn ${field}_at(i: u32) -> Chunk {\n  ${body}\n}`
  if (stored === 'f32') return read(`return ${field}[i];`)
  const unpack = stored === 'f16' ? 'unpack2x16float' : 'unpack_bf16'
  const code = {
    4: `let word = ${field}[i];\n  return Chunk(${unpack}(word.x), ${unpack}(word.y));`,
    2: `return ${unpack}(${field}[i]);`,
    1: `return ${unpack}(${field}[i / 2u])[i % 2u];`,
  }[WIDTH ?? 1]
  return (stored === 'bf16' ? `${UNPACK_BF16}\n` : '') + read(code)
}

/** bfloat16 is the upper half of an f32. */
const UNPACK_BF16 = `fn unpack_bf16(word: u32) -> vec2<f32> {
  return vec2<f32>(bitcast<f32>(word << 16u), bitcast<f32>(word & 0xffff0000u));
}`

/** The place of a workgroup in a grid folded by `foldGrid`. */
const FLAT_INDEX = `fn flat_index(group: vec3<u32>, grid: vec3<u32>) -> u32 {
  return group.x + grid.x * (group.y + grid.y * group.z);
}`

function repeatRows(wgsl: string, rows: number): string {
  return wgsl
    .split('\n')
    .flatMap((line) =>
      line.includes('#r') ? Array.from({ length: rows }, (_, r) => line.replaceAll('#r', String(r))) : [line],
    )
    .join('\n')
}
