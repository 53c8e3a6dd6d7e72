import { labAddress } from '../../shared/lab_address.ts'
import type { Provenance } from '../../shared/save_figure.ts'
import { MEMORY_FORMAT } from '../state/link.ts'
import type { PictureMemory } from './state/lab.ts'
import { encodePicture } from './state/link.ts'
import type { PictureRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: PictureMemory, { doc, photo, model }: PictureRun): Provenance {
  const state = () => encodePicture(doc, model.info, photo, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('memory', MEMORY_FORMAT, state()) }
}
