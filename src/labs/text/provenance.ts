import { encodeDoc } from '../../state/text_doc.ts'
import type { TextLab, TextRun } from '../../state/text_lab.ts'
import type { Provenance } from '../shared/save_figure.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: TextLab, { doc }: TextRun): Provenance {
  const { tokenizer, look } = lab.store.getState()
  if (!tokenizer) return { model: doc.model, state: null }
  const { layer, head, tool } = look
  return { model: doc.model, state: { ...encodeDoc(doc, { tokenizer }), look: { tool, layer, head, selected: [] } } }
}
