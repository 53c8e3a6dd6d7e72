import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import type { BatchLab } from './state/lab.ts'
import { BATCH_FORMAT, encodeBatch } from './state/link.ts'
import type { BatchRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: BatchLab, { doc }: BatchRun): Provenance {
  const state = () => encodeBatch(doc, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('batch', BATCH_FORMAT, state()) }
}
