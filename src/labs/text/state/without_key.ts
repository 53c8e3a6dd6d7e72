/** The causal check of a text run: the same run with one key masked, and what both are measured on. */

import type { LoadedModel } from '../../../engine/protocol.ts'
import { setStatus } from '../../../sequence/edit.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Measured } from '../../../state/key_effect.ts'
import { readoutsOf } from './readouts.ts'
import { runText, type TextRun } from './run.ts'

/** The run with one key that nobody may read. @param row of the run */
export function withoutKey(
  engine: Pick<Engine, 'forward'>,
  model: LoadedModel,
  run: TextRun,
  row: number,
): Promise<TextRun> {
  const token = run.tokens[row]
  const sequence = setStatus(run.doc.sequence, token ? [token.key] : [], 'masked')
  return runText(engine, model, { ...run.doc, sequence }, 'states')
}

/** @param vocabulary the spelling of every word piece */
export function measured(run: TextRun, { info }: LoadedModel, vocabulary: readonly string[]): Measured {
  const last = run.result.hiddenStates.at(-1) ?? { dims: [0, 0], data: new Float32Array() }
  return { readouts: readoutsOf(run, info, vocabulary), last }
}
