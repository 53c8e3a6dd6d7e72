import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import type { VisionLab } from './state/lab.ts'
import { encodeVision, VISION_FORMAT } from './state/link.ts'
import type { VisionRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: VisionLab, { doc, photo }: VisionRun): Provenance {
  const state = () => encodeVision(doc, photo, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('vision', VISION_FORMAT, state()) }
}
