/** What hiding, masking and removing memory does to the answer: beside every map that is read as "because". */

import { remove, setHidden, setStatus } from '../../../../sequence/edit.ts'
import type { Sequence } from '../../../../sequence/token.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import { headMap } from '../../../../viz/matrix.ts'
import { askedOf } from './asked.ts'
import { slotsOf } from './doc.ts'
import type { Reference } from './reference.ts'
import { type MemoryRun, runMemory } from './run.ts'

export interface Effect {
  /** All memory tokens at once, or one of them masked. */
  what: 'hidden' | 'masked' | 'removed' | { slot: number; label: string }
  /** What the asked row reads of it in the shown layer and head; null where memory is not masked one by one. */
  share: number | null
  /** Probability of the word that the shown run answers. */
  to: number
  /** What is answered in its place. */
  best: number
}

const ALONE = { attentions: false, hiddenStates: false } as const

/** @param look whose attention the effects are set beside */
export async function effectsOf(
  engine: Pick<Engine, 'forward' | 'weights'>,
  run: MemoryRun,
  look: { layer: number; head: number | 'mean' },
  states: Awaited<ReturnType<Reference['statesFor']>> | undefined,
  step: Step<Effect[]>,
): Promise<Effect[]> {
  const shown = askedOf(run)
  if (!shown) return []
  const slots = slotsOf(run.doc.sequence)
  const keys = slots.map(({ key }) => key)
  const map = run.result.attentions[look.layer]
  const matrix = map && headMap(map.data, run.tokens.length, look.head)
  const changes: { what: Effect['what']; edit: (sequence: Sequence) => Sequence; share: number | null }[] = [
    { what: 'hidden', edit: (sequence) => setHidden(sequence, keys, true), share: null },
    { what: 'masked', edit: (sequence) => setStatus(sequence, keys, 'masked'), share: null },
    { what: 'removed', edit: (sequence) => remove(sequence, keys), share: null },
    ...slots.map(({ key, label }, slot) => ({
      what: { slot, label },
      edit: (sequence: Sequence) => setStatus(sequence, [key], 'masked'),
      share: matrix ? (matrix[(run.slots + shown.row) * run.tokens.length + slot] as number) : null,
    })),
  ]
  const effects: Effect[] = []
  for (const [i, { what, edit, share }] of changes.entries()) {
    if (!step(i, changes.length, [...effects])) return effects
    const doc = { ...run.doc, sequence: edit(run.doc.sequence) }
    const memoryStates = what === 'removed' ? undefined : states
    const asked = askedOf(await runMemory(engine, run.model, doc, 0, { capture: ALONE, memoryStates }))
    if (asked) effects.push({ what, share, to: asked.scores[shown.best] as number, best: asked.best })
  }
  return effects
}
