import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createGenerateLab, type GenerateLab } from './state/lab.ts'
import { GENERATE_FORMAT, type GenerateLink } from './state/link.ts'

const parts: LabParts<GenerateLink, GenerateLab> = {
  format: GENERATE_FORMAT,
  examples: EXAMPLES,
  create: createGenerateLab,
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).GENERATE_TOOLS, fits: () => true }],
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  patched(link, patch) {
    // What was written, and what was done to the tokens, belongs to its own prompt.
    const { tokens: _, dropped: __, written: ___, seeds: ____, ...rest } = link
    return { ...('prompt' in patch ? rest : link), ...patch }
  },
  forModel: ({ prompt }, model) => ({ lab: 'generate', model, prompt }),
}

export default parts
