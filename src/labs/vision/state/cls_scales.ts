/** What the length of CLS's start vector disturbs, layer by layer: a run for each scale against the unscaled one. */

import { type Drift, drift } from '../../../core/drift.ts'
import { setClsScale } from '../../../sequence/cls.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import type { Readout } from '../../../state/readouts.ts'
import { visionReadouts } from './readouts.ts'
import type { VisionRun } from './run.ts'
import { vary } from './variations.ts'

export const CLS_SCALES = [0.1, 0.3, 3, 10, 30, 50] as const

export interface ScaledCls {
  scale: number
  /** By hidden state, L + 1: of the patches, and of CLS itself. */
  patches: Drift[]
  cls: Drift[]
  readouts: Readout[]
}

export interface ClsScales {
  unscaled: Readout[]
  scaled: ScaledCls[]
}

export async function measureClsScales(engine: Engine, run: VisionRun, step: Step<ClsScales>): Promise<ClsScales> {
  const at = (scale: number) => vary(engine, run, { sequence: setClsScale(run.doc.sequence, scale) }, STATES)
  const total = 1 + CLS_SCALES.length
  step(0, total)
  const base = await at(1)
  const result: ClsScales = { unscaled: visionReadouts(base), scaled: [] }
  for (const [i, scale] of CLS_SCALES.entries()) {
    if (!step(1 + i, total, { ...result, scaled: [...result.scaled] })) return result
    const scaled = await at(scale)
    const rows = (kind: 'patch' | 'cls') =>
      base.tokens.flatMap((token, row): [number, number][] => (token.kind === kind ? [[row, row]] : []))
    const drifts = (kind: 'patch' | 'cls') =>
      base.result.hiddenStates.map((before, state) => {
        const after = scaled.result.hiddenStates[state]?.data ?? before.data
        return drift(before.data, after, run.model.info.width, rows(kind))
      })
    result.scaled.push({ scale, patches: drifts('patch'), cls: drifts('cls'), readouts: visionReadouts(scaled) })
  }
  return result
}

const STATES = { attentions: false, hiddenStates: true }
