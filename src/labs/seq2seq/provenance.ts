import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import type { Seq2SeqLab, Seq2SeqRun } from './state/lab.ts'
import { encodeDoc, SEQ2SEQ_FORMAT } from './state/link.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: Seq2SeqLab, { doc }: Seq2SeqRun): Provenance {
  const state = () => {
    const { tool, layer, head, decoder, cross } = lab.store.getState().look
    return { ...encodeDoc(doc), look: { tool, layer, head, decoder, cross } }
  }
  return { model: doc.model, state, link: () => labAddress('seq2seq', SEQ2SEQ_FORMAT, state()) }
}
