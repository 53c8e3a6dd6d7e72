import { describe, expect, it } from 'vitest'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { silencePatches } from '../../../sequence/patch_masking.ts'
import { fromImage } from '../../../sequence/patches.ts'
import { active } from '../../../sequence/token.ts'
import { createJob } from '../../../state/job.ts'
import { type CurveInput, type MaskingCurves, measureCurves, receivedByPatches, runWhole } from './masking_curve.ts'
import type { VisionDoc, VisionRun } from './run.ts'

const GRID = { rows: 5, columns: 4 }
const MODEL = {
  id: 'tiny',
  info: {
    layers: 2,
    heads: 1,
    width: 4,
    image: { size: [10, 8], patch: 2, channels: 3, registers: 1 },
    labels: { classifier: ['seen', 'not'] },
  },
} as unknown as LoadedModel

/** A model that is the surer of "seen" the more patches it is given; every query reads later tokens more. */
function engine() {
  const asked: ForwardRequest[] = []
  const forward = async (request: ForwardRequest): Promise<ForwardResult> => {
    asked.push(request)
    if (request.input.kind !== 'image') throw new Error('a picture')
    const T = request.input.sources?.length ?? 0
    const read = request.contentRows?.reduce((sum, row) => sum + row, 0) ?? 0
    const row = Array.from({ length: T }, (_, k) => (2 * (k + 1)) / (T * (T + 1)))
    const map = { dims: [1, T, T], data: Float32Array.from(Array.from({ length: T }, () => row).flat()) }
    return {
      tokens: T,
      logits: { classifier: { dims: [2], data: Float32Array.from([Math.log(read + 1), Math.log(21 - read)]) } },
      attentions: request.capture.attentions ? [map, map] : [null, null],
    } as unknown as ForwardResult
  }
  return { asked, forward }
}

function shown(): VisionRun {
  const base = fromImage(GRID, 1)
  const sequence = silencePatches(base, [0, 1, 2], 'removed')
  const doc: VisionDoc = {
    model: 'tiny',
    sequence,
    base,
    mask: DEFAULT_MASK,
    ablated: [],
    positionTable: { type: 'trained', interpolation: 'bicubic' },
    side: null,
    crop: { x: 0, y: 0, size: 1 },
    strokes: [],
  }
  return {
    model: MODEL,
    doc,
    grid: GRID,
    tokens: active(sequence),
    pixels: { dims: [3, 10, 8] },
  } as unknown as VisionRun
}

const whole = await runWhole(engine(), shown(), 1)
const INPUT: CurveInput = { whole, as: 'removed', layer: 1, head: 'mean', draws: 3, seed: 7 }

function curveJob({ forward }: ReturnType<typeof engine>) {
  return createJob<CurveInput, MaskingCurves>((input, step) => measureCurves({ forward }, input, step))
}

describe('measureCurves', () => {
  it('starts from the whole picture and follows each strategy through real runs', async () => {
    const model = engine()
    const { asked } = model
    const job = curveJob(model)
    await job.start(INPUT)
    const { status, result, done, total } = job.store.getState()
    expect([status, done]).toEqual(['done', total])
    // 9 ratios of 3 + 3 draws and two orders of attention; the whole picture has run already.
    expect(asked.length).toBe(9 * (3 + 3 + 2))
    for (const strategy of ['random', 'most', 'least'] as const) {
      const points = result?.points.filter((point) => point.strategy === strategy) ?? []
      expect(points.map(({ ratio }) => ratio.toFixed(1))).toEqual(
        Array.from({ length: 10 }, (_, i) => (i / 10).toFixed(1)),
      )
      // By hand: 20 patches give 21 / 22, 2 patches 3 / 22.
      expect(points[0]?.probabilities.classifier?.[0]).toBeCloseTo(21 / 22, 6)
      expect(points[9]?.probabilities.classifier?.[0]).toBeCloseTo(3 / 22, 6)
    }
  })

  it('silences what is read most first, as tokens that nobody reads where asked', async () => {
    const model = engine()
    const { asked } = model
    await curveJob(model).start({ ...INPUT, as: 'masked', draws: 1 })
    // Per ratio: random, block, most, least. The mask of "most" at 10 % hides the two last tokens.
    const most = asked[2]
    expect(most?.input.kind === 'image' && most.input.sources?.length).toBe(22)
    expect(most?.contentRows?.slice(-3)).toEqual([1, 0, 0])
    expect(asked[3]?.contentRows?.slice(0, 5)).toEqual([0, 0, 0, 0, 1])
  })

  it('stops where it is, and keeps what is there', async () => {
    const model = engine()
    const { asked } = model
    const job = curveJob(model)
    job.store.subscribe(({ done, status }) => {
      if (done === 10 && status === 'running') job.stop()
    })
    await job.start(INPUT)
    expect(asked.length, 'the one under way is the last').toBeLessThanOrEqual(11)
    expect(job.store.getState().status).toBe('done')
    expect(job.store.getState().result?.points.length).toBe(4 + 4)
  })
})

it('what a patch receives is the mean over all queries', () => {
  const received = receivedByPatches(whole, 0, 0)
  expect(received[0]).toBeCloseTo((2 * 3) / (22 * 23), 6)
  expect(received[19]).toBeCloseTo((2 * 22) / (22 * 23), 6)
})
