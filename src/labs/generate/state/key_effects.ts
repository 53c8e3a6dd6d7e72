/** The causal check beside what a row reads: the same run with one key that nobody may read, and what that does to what comes next. */

import type { LoadedModel } from '../../../engine/protocol.ts'
import { setStatus } from '../../../sequence/edit.ts'
import type { Engine } from '../../../state/engine.ts'
import { divergence, mostChanged } from './next_facts.ts'
import { answersOf, type GenerateRun } from './run.ts'

export interface NextEffect {
  /** What follows the row, as it is against with the key masked, in bits. */
  divergence: number
  /** The token whose probability changed most. */
  changed: { id: number; before: number; after: number }
}

/** @param row what follows it is measured @param key the row that is masked */
export async function effectOf(
  engine: Pick<Engine, 'forward'>,
  model: LoadedModel,
  run: GenerateRun,
  row: number,
  key: number,
): Promise<NextEffect> {
  const token = run.tokens[key]
  const sequence = setStatus(run.doc.sequence, token ? [token.key] : [], 'masked')
  const without = await answersOf(engine, model, { ...run.doc, sequence })
  const [before, after] = [run.next[row] as Float32Array, without.next[row] as Float32Array]
  const [changed] = mostChanged(before, after, 1)
  return { divergence: divergence(before, after), changed: changed as NextEffect['changed'] }
}
