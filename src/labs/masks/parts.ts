import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createMasksLab, type MasksLab } from './state/lab.ts'
import { MASKS_FORMAT, type MasksLink } from './state/link.ts'

const parts: LabParts<MasksLink, MasksLab> = {
  format: MASKS_FORMAT,
  examples: EXAMPLES,
  create: createMasksLab,
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).MASKS_TOOLS, fits: () => true }],
  patched(link, patch) {
    // What was done to the tokens of other texts is not meant for these.
    const { tokens: _, kept: __, ...rest } = link
    return { ...('texts' in patch ? rest : link), ...patch }
  },
  forModel: ({ texts, rules }, model) => ({ lab: 'masks', model, texts, rules }),
}

export default parts
