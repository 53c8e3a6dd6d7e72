import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import type { DetectLab } from './state/lab.ts'
import { DETECT_FORMAT, encodeDetect } from './state/link.ts'
import type { DetectRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: DetectLab, { doc, photo }: DetectRun): Provenance {
  const state = () => encodeDetect(doc, photo, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('detect', DETECT_FORMAT, state()) }
}
