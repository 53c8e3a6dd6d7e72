import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import { encodeDoc } from './state/doc.ts'
import type { GenerateLab, GenerateRun } from './state/lab.ts'
import { GENERATE_FORMAT } from './state/link.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: GenerateLab, { doc }: GenerateRun): Provenance {
  const state = () => {
    const { layer, head, tool } = lab.store.getState().look
    return { ...encodeDoc(doc), look: { tool, layer, head, selected: [] } }
  }
  return { model: doc.model, state, link: () => labAddress('generate', GENERATE_FORMAT, state()) }
}
