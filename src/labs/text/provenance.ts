import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import { encodeDoc } from './state/doc.ts'
import type { TextLab, TextRun } from './state/lab.ts'
import { TEXT_FORMAT } from './state/link.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: TextLab, { doc }: TextRun): Provenance {
  const state = () => {
    const { tokenizer, look } = lab.store.getState()
    const { layer, head, tool } = look
    return tokenizer && { ...encodeDoc(doc, { tokenizer }), look: { tool, layer, head, selected: [] } }
  }
  return { model: doc.model, state, link: () => labAddress('text', TEXT_FORMAT, state()) }
}
