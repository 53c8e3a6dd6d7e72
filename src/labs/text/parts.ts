import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createTextLab, type TextLab } from './state/lab.ts'
import { TEXT_FORMAT, type TextLink } from './state/link.ts'

const parts: LabParts<TextLink, TextLab> = {
  format: TEXT_FORMAT,
  examples: EXAMPLES,
  create: createTextLab,
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).TEXT_TOOLS, fits: () => true }],
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  patched(link, patch) {
    // What was done to the tokens of other texts is not meant for these.
    const { tokens: _, kept: __, ...rest } = link
    return { ...('texts' in patch ? rest : link), ...patch }
  },
  forModel: ({ texts }, model) => ({ lab: 'text', model, texts }),
}

export default parts
