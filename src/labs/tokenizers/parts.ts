import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createTokenizersLab, type TokenizersLab } from './state/lab.ts'
import { isCorpusAbsent, TOKENIZERS_FORMAT, type TokenizersLink } from './state/link.ts'
import { t } from './words/words.ts'

const parts: LabParts<TokenizersLink, TokenizersLab> = {
  format: TOKENIZERS_FORMAT,
  examples: EXAMPLES,
  create: createTokenizersLab,
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  tools: async () => [
    { groups: (await fetchPart(() => import('./tools/index.ts'))).TOKENIZER_TOOLS, fits: () => true },
  ],
  remark(link) {
    if (isCorpusAbsent(link)) return t('link.no-corpus')
    return link.columns?.some(({ type }) => type === 'file') ? t('link.no-file') : null
  },
  patched(link, patch) {
    // Another text to train on takes the place of the one that was there.
    const { sample: _, own: __, corpus: ___, ...rest } = link
    return { ...('sample' in patch || 'corpus' in patch ? rest : link), ...patch }
  },
  forModel: ({ text, sample, recipe }, model) => ({ lab: 'tokenizers', model, text, sample, recipe }),
}

export default parts
