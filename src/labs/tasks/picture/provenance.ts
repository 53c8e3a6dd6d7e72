import { labAddress } from '../../shared/lab_address.ts'
import type { Provenance } from '../../shared/save_figure.ts'
import { TASKS_FORMAT, type TasksLink } from '../link.ts'
import type { PictureLab } from './state/lab.ts'
import { encodePicture } from './state/link.ts'
import type { PictureRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: PictureLab, { doc, photo }: PictureRun): Provenance {
  const state = (): TasksLink => encodePicture(doc, photo, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('tasks', TASKS_FORMAT, state()) }
}
