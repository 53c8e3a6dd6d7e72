/** What the lab measures, on the shipped models in WASM. */

import { beforeAll, describe, expect, it } from 'vitest'
import type { Piece } from '../../../../core/tokens.ts'
import { runBatch } from '../../../../engine/batch.ts'
import type { BatchRequest } from '../../../../engine/protocol.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { loadFiles } from '../../../../models/testing/golden.ts'
import { draw } from '../../../../reference/testing/cases.ts'
import { createWasmBackend } from '../../../../wasm/backend.ts'
import { compareAlone, isSame, worst } from '../compare.ts'
import { SIDES, STRATEGIES } from '../plan.ts'
import { answerPlan } from '../planner_protocol.ts'
import { type BatchRun, mapOfRow, runPlan } from '../run.ts'
import type { BatchModel } from '../sequences.ts'
import { type BatchDoc, DOC, RULES } from '../settings.ts'
import { contamination, together } from './contamination.ts'
import { leak } from './leak.ts'
import { lossRows, weigh } from './loss_mask.ts'
import { measure } from './measure.ts'
import { sides } from './sides.ts'

const token = (id: number, label: string, kind: 'cls' | 'sep' | 'mask' | 'pad' | 'bos' | 'eos') => ({ id, label, kind })
const BERT = {
  causal: false,
  maxTokens: 512,
  firstPosition: 0,
  pad: token(0, '[PAD]', 'pad'),
  opening: [token(2, '[CLS]', 'cls')],
  closing: [token(3, '[SEP]', 'sep')],
  mask: token(4, '[MASK]', 'mask'),
}
const GPT2 = {
  causal: true,
  maxTokens: 128,
  firstPosition: 0,
  pad: token(0, '<pad>', 'pad'),
  opening: [token(1, '<bos>', 'bos')],
  closing: [token(2, '<eos>', 'eos')],
}
const LINES = 12
const SHOWN = { batch: 0, layer: 1, head: 'mean' as const, tool: '' }

function linesOf(seed: number): Piece[][] {
  const { below } = draw(seed)
  return Array.from({ length: LINES }, () =>
    Array.from({ length: 1 + below(18) }, () => ({ id: 10 + below(3000), label: 'x', text: 'x', start: 0, end: 1 })),
  )
}

async function opened(id: string, known: Omit<BatchModel, 'id'>) {
  const { config, weights } = await loadFiles(id)
  const backend = await createWasmBackend()
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  const engine = {
    batch: (request: BatchRequest) => runBatch(model, session, request, { kind: 'wasm', adapter: '', software: true }),
  }
  const run = (change: Partial<BatchDoc> = {}, batch = 0, pieces = linesOf(1)): Promise<BatchRun> => {
    const doc = { ...DOC, model: id, settings: { ...DOC.settings, capacity: 40, size: 3 }, ...change }
    const planner = async (request: Parameters<typeof answerPlan>[0]) => answerPlan(request)
    return runPlan({ engine, planner }, { info: model.info }, { id, ...known }, doc, pieces, { ...SHOWN, batch })
  }
  return { engine, run }
}

describe.each([
  ['clsroom-bert', BERT],
  ['clsroom-gpt2', GPT2],
] as const)('%s', (id, known) => {
  let it_: Awaited<ReturnType<typeof opened>>
  beforeAll(async () => {
    it_ = await opened(id, known)
  })

  it('answers in every batch of every strategy what it answers alone', async () => {
    for (const [s, strategy] of STRATEGIES.entries()) {
      const side = SIDES[s % SIDES.length] ?? 'right'
      const run = await it_.run({ strategy, settings: { ...DOC.settings, capacity: 40, size: 3, side } })
      const compared = await compareAlone(it_.engine, run.model, run.sequences, run.assembled, run.result, {
        most: 6,
        step: () => true,
      })
      expect(compared.length).toBeGreaterThan(0)
      expect(compared.every(({ loss }) => Number.isFinite(loss))).toBe(true)
      const most = worst(compared)
      expect(isSame(most), `${strategy}: ${JSON.stringify(most)}`).toBe(true)
    }
  })

  it('does not where sequences read one another, or count their positions from the row', async () => {
    for (const apart of [{ block: false }, { reset: false }]) {
      const run = await it_.run({ strategy: 'first-fit', ...apart })
      const compared = await compareAlone(it_.engine, run.model, run.sequences, run.assembled, run.result, {
        most: 6,
        step: () => true,
      })
      expect(isSame(worst(compared))).toBe(false)
    }
  })

  it('is contaminated but by mask and positions together, separator or not', async () => {
    const run = await it_.run()
    const chosen = together(run, 0)
    expect(chosen.length).toBeGreaterThan(1)
    const cells = await contamination(it_.engine, run, chosen, 0)
    expect(cells).toHaveLength(8)
    for (const { block, reset, separator, same, mass, logits } of cells) {
      expect(same, JSON.stringify({ block, reset, separator })).toBe(block && reset)
      if (block) expect(mass).toBe(0)
      else expect(mass).toBeGreaterThan(0.01)
      if (!same) expect(logits).toBeGreaterThan(0.01)
    }
  })

  it('finds no two that fit where none do', async () => {
    const long = Array.from({ length: 4 }, () => linesOf(3).flat().slice(0, 60))
    expect(together(await it_.run({}, 0, long), 0).length).toBeLessThan(2)
  })

  it('leaks by PADs that it can read, and by no others', async () => {
    const run = await it_.run()
    for (const side of ['right', 'left'] as const) {
      const found = await leak(it_.engine, run, { side, sequence: 0, layer: 0 })
      const nothing = known.causal && side === 'right'
      expect(found.map(({ pads }) => pads)).toEqual([0, 1, 2, 4, 8, 16, 32, 64])
      expect(found[0]?.change.logits).toBe(0)
      expect(found[0]?.mass.every((share) => share === 0)).toBe(true)
      for (const { change, mass } of found.slice(1)) {
        if (nothing) {
          expect(mass.every((share) => share === 0)).toBe(true)
          expect(change.logits).toBeLessThan(1e-4)
        } else {
          expect(Math.max(...mass)).toBeGreaterThan(0.001)
          expect(change.logits).toBeGreaterThan(0.001)
        }
      }
    }
  })

  it('reads what it should at one end of the row only, and there with its own positions', async () => {
    const run = await it_.run()
    const found = await sides(it_.engine, run, 0)
    expect(found).toHaveLength(6)
    for (const { side, reset, first, last, firstDelta, lastDelta, saidByLast, saidByOwn } of found) {
      expect(first.kind === 'pad').toBe(side !== 'right')
      expect(last.kind === 'pad').toBe(side !== 'left')
      expect(firstDelta <= 1e-4, `${side} ${reset} first`).toBe(side === 'right')
      expect(lastDelta <= 1e-4, `${side} ${reset} last`).toBe(side === 'left' && reset)
      if (side === 'left') expect(saidByLast).toBe(saidByOwn)
    }
  })

  it('is timed by every strategy on the same sequences', async () => {
    const run = await it_.run()
    const steps: number[] = []
    const measured = await measure(
      it_.engine,
      run.model,
      run.info,
      run.sequences.slice(0, 6),
      run.doc.settings,
      (done, total) => {
        steps.push(done / total)
        return true
      },
    )
    expect(measured.map(({ strategy }) => strategy)).toEqual([...STRATEGIES])
    expect(steps.at(-1)).toBe(1)
    for (const { ms, work } of measured) {
      expect(ms).toBeGreaterThan(0)
      expect(Number.isFinite(ms)).toBe(true)
      expect(work).toBeGreaterThan(0)
    }
    expect(await measure(it_.engine, run.model, run.info, run.sequences, run.doc.settings, () => false)).toEqual([])
  })

  it('gives the map of the chosen row, whose rows add up to 1 where something is read', async () => {
    const run = await it_.run({ strategy: 'best-fit' })
    const { width, owner } = run.assembled
    const map = mapOfRow(run, 0) as Float32Array
    for (let q = 0; q < width; q++) {
      const sum = map.subarray(q * width, (q + 1) * width).reduce((a, b) => a + b, 0)
      expect(sum).toBeCloseTo(owner[q] === -1 ? 0 : 1, 5)
    }
  })

  it('refuses an exact search over many', async () => {
    const lines = [...linesOf(1), ...linesOf(2)]
    await expect(it_.run({ strategy: 'exact' }, 0, lines)).rejects.toThrow('24 sequences')
  })

  it('has losses of every target where it writes', async () => {
    const run = await it_.run({ separator: false })
    const table = await lossRows(it_.engine, run)
    if (!known.causal) {
      expect(table).toBeNull()
      return
    }
    const weighed = weigh(table as NonNullable<typeof table>, RULES)
    for (const [s, row] of weighed.entries()) {
      const length = table?.lengths[s] as number
      expect(row[length - 1]?.input).toEqual(GPT2.closing[0])
      expect(row.filter(({ weight }) => weight === 1)).toHaveLength(length - 1)
      for (const { weight, loss } of row) if (weight === 1) expect(loss).toBeGreaterThan(0)
    }
  })
})
