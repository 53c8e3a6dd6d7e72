import { describe, expect, it, vi } from 'vitest'
import { openGpu } from '../gpu/device.ts'
import { createPipelineCache } from '../gpu/pipelines.ts'
import { chunkWidth, defineKernel } from './kernel.ts'

const spec = defineKernel({
  name: 'example',
  wgsl: 'let x#r = #r;\nlet y = 1;',
  reads: { x: 'Chunk', ids: 'u32' },
  writes: { out: 'f32' },
  params: { T: 'u32', eps: 'f32' },
})

describe('a kernel', () => {
  it('generates constants, parameters, bindings and repeated lines from its spec', () => {
    const { source, bindings } = spec.program({ WIDTH: 2, ROWS: 2 })
    expect(source).toContain('const ROWS = 2u;')
    expect(source).toContain('alias Chunk = vec2<f32>;')
    expect(source).toContain('struct Params {\n  T: u32,\n  eps: f32,\n}')
    expect(source).toContain('@group(0) @binding(2) var<storage, read> ids: array<u32>;')
    expect(source).toContain('@group(0) @binding(3) var<storage, read_write> out: array<f32>;')
    expect(source.endsWith('let x0 = 0;\nlet x1 = 1;\nlet y = 1;')).toBe(true)
    expect(bindings).toEqual(['uniform', 'read-only-storage', 'read-only-storage', 'storage'])
  })

  it('is the same program for the same constants', () => {
    expect(spec.program({ WIDTH: 4 })).toBe(spec.program({ WIDTH: 4 }))
  })

  it('takes the widest chunk that divides all rows', () => {
    expect([chunkWidth(8, 12), chunkWidth(8, 6), chunkWidth(8, 3)]).toEqual([4, 2, 1])
  })
})

describe('compiling', () => {
  const compile = async (source: string) => {
    const error = vi.fn()
    const gpu = await openGpu({ lost: error, error })
    try {
      await createPipelineCache(gpu).compile({ label: 'example', source, bindings: [] })
    } finally {
      gpu.close()
    }
    return error
  }

  it('names line and column and shows the source line of an error', async () => {
    const broken = compile('@compute @workgroup_size(1)\nfn main() { let a: u32 = 1.5; }')
    await expect(broken).rejects.toMatchObject({ code: 'shader', message: expect.stringContaining('line 2, column') })
    await expect(broken).rejects.toMatchObject({ found: expect.stringContaining('fn main() { let a: u32 = 1.5; }') })
  })

  it('reports warnings', async () => {
    const report = await compile('@compute @workgroup_size(1)\nfn main() { return; let unreachable = 1; }')
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'shader' }))
  })
})
