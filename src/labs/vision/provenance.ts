import type { VisionLab } from '../../state/vision_lab.ts'
import { encodeVision } from '../../state/vision_link.ts'
import type { VisionRun } from '../../state/vision_run.ts'
import type { Provenance } from '../shared/save_figure.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: VisionLab, { doc, photo }: VisionRun): Provenance {
  return { model: doc.model, state: () => encodeVision(doc, photo, lab.store.getState().look) }
}
