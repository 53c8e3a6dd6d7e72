import { labAddress } from '../../shared/lab_address.ts'
import type { Provenance } from '../../shared/save_figure.ts'
import { MEMORY_FORMAT } from '../state/link.ts'
import { encodeDoc } from './state/doc.ts'
import type { TextMemory } from './state/lab.ts'
import type { MemoryRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: TextMemory, { model, doc }: MemoryRun): Provenance {
  const state = () => {
    const { tokenizer, look } = lab.store.getState()
    const { layer, head, tool } = look
    return tokenizer && { ...encodeDoc({ ...model, tokenizer }, doc), look: { tool, layer, head } }
  }
  return { model: doc.model, state, link: () => labAddress('memory', MEMORY_FORMAT, state()) }
}
