import { labAddress } from '../shared/lab_address.ts'
import type { Provenance } from '../shared/save_figure.ts'
import type { TokenizersLab } from './state/lab.ts'
import { encodeTokenizers, TOKENIZERS_FORMAT } from './state/link.ts'
import type { TokenizersRun } from './state/run.ts'

/** The text model and the state that made a run, for the files saved from it. */
export function madeBy(lab: TokenizersLab, { doc }: TokenizersRun): Provenance {
  const state = () => encodeTokenizers(doc, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('tokenizers', TOKENIZERS_FORMAT, state()) }
}
