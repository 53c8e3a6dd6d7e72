import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../../../core/errors.ts'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { fromImage } from '../../../sequence/patches.ts'
import { atSide, gridOf, type VisionDoc, type VisionRun } from './run.ts'
import { createVariants } from './variants.ts'

const MODEL = {
  id: 'tiny',
  info: { layers: 1, heads: 1, width: 4, image: { size: [4, 4], patch: 2, channels: 3, registers: 0 }, labels: {} },
} as unknown as LoadedModel

function shownRun(): VisionRun {
  const sequence = fromImage({ rows: 2, columns: 2 }, 0)
  const doc: VisionDoc = {
    model: 'tiny',
    sequence,
    base: sequence,
    mask: DEFAULT_MASK,
    ablated: [],
    positionTable: { type: 'trained', interpolation: 'bicubic' },
    side: 4,
    crop: { x: 0, y: 0, size: 1 },
    strokes: [],
  }
  const sharp = { width: 8, height: 8, data: new Uint8ClampedArray(256).fill(128) }
  const photo = { name: 'grey', source: 'own' as const, picture: sharp }
  const sight = atSide({ photo, sharp }, 4, MODEL)
  return {
    ...sight,
    model: MODEL,
    doc,
    grid: gridOf(MODEL, 4),
    tokens: [],
    positions: [],
    pooledRow: 0,
  } as unknown as VisionRun
}

function recorder() {
  const asked: ForwardRequest[] = []
  const forward = async (request: ForwardRequest) => {
    asked.push(request)
    if (request.input.kind === 'image' && request.input.positionTable?.type === 'sine')
      throw new ClsroomError('input', 'no')
    return { tokens: 5 } as ForwardResult
  }
  return { asked, forward }
}

describe('createVariants', () => {
  it('runs each variant with its own document and sight', async () => {
    const { asked, forward } = recorder()
    const work = createVariants({ forward })
    const of = shownRun()
    const sequence = fromImage({ rows: 1, columns: 1 }, 0)
    work.request({
      of,
      variants: { off: { positionTable: { type: 'off' } }, small: { side: 2, sequence, base: sequence } },
    })
    await work.idle()
    const { runs } = work.store.getState()
    expect(asked.map(({ input }) => input.kind === 'image' && input.pixels.dims)).toEqual([
      [3, 4, 4],
      [3, 2, 2],
    ])
    expect(runs.off?.doc).toEqual({ ...of.doc, positionTable: { type: 'off' } })
    expect(runs.small?.grid).toEqual({ rows: 1, columns: 1 })
    expect(of.doc.positionTable.type, 'the shown run keeps its own').toBe('trained')
  })

  it('says why one has no run, and goes on', async () => {
    const work = createVariants(recorder())
    work.request({
      of: shownRun(),
      variants: { sine: { positionTable: { type: 'sine' } }, off: { positionTable: { type: 'off' } } },
    })
    await work.idle()
    const { runs, problems } = work.store.getState()
    expect(Object.keys(runs)).toEqual(['off'])
    expect(problems.sine?.code).toBe('input')
  })

  it('leaves a request that a newer one has overtaken', async () => {
    const { asked, forward } = recorder()
    const work = createVariants({ forward })
    const [old, fresh] = [shownRun(), shownRun()]
    const off = { positionTable: { type: 'off' as const } }
    work.request({ of: old, variants: { a: off, b: off, c: off } })
    work.request({ of: fresh, variants: { d: off } })
    await work.idle()
    expect(work.store.getState().request?.of).toBe(fresh)
    expect(Object.keys(work.store.getState().runs)).toEqual(['d'])
    expect(asked.length).toBeLessThan(4)
  })
})
