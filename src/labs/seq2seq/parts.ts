import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createSeq2SeqLab, type Seq2SeqLab } from './state/lab.ts'
import { SEQ2SEQ_FORMAT, type Seq2SeqLink } from './state/link.ts'

const parts: LabParts<Seq2SeqLink, Seq2SeqLab> = {
  format: SEQ2SEQ_FORMAT,
  examples: EXAMPLES,
  create: createSeq2SeqLab,
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).SEQ2SEQ_TOOLS, fits: () => true }],
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  patched(link, patch) {
    // What was done to the tokens of another text, and what was written for it, is not meant for this one.
    const { source: _, target: __, masks: ___, ...rest } = link
    return { ...('text' in patch ? rest : link), ...patch }
  },
  forModel: ({ text }, model) => ({ lab: 'seq2seq', model, text }),
}

export default parts
