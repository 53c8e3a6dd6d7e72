import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import { encodeDoc } from './state/doc.ts'
import type { MasksLab, MasksRun } from './state/lab.ts'
import { MASKS_FORMAT } from './state/link.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: MasksLab, { doc }: MasksRun): Provenance {
  const state = () => {
    const { layer, head, tool } = lab.store.getState().look
    return { ...encodeDoc(doc), look: { tool, layer, head } }
  }
  return { model: doc.model, state, link: () => labAddress('masks', MASKS_FORMAT, state()) }
}
