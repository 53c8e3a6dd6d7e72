import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createMemoryLab, type MemoryLab } from './state/lab.ts'
import { MEMORY_FORMAT, type MemoryLink } from './state/link.ts'

const parts: LabParts<MemoryLink, MemoryLab> = {
  format: MEMORY_FORMAT,
  examples: EXAMPLES,
  create: createMemoryLab,
  patched(link, patch) {
    // What was done to the tokens of other texts is not meant for these.
    const { tokens: _, ...rest } = link
    return { ...('texts' in patch ? rest : link), ...patch }
  },
  // The lab finds out by the model which half shows; what is not of that half is let go there.
  forModel: ({ texts }, model) => ({ lab: 'memory', shows: 'text', model, texts }),
}

export default parts
