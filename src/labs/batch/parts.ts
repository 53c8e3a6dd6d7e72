import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { type BatchLab, createBatchLab } from './state/lab.ts'
import { BATCH_FORMAT, type BatchLink } from './state/link.ts'
import { t } from './words/words.ts'

const parts: LabParts<BatchLink, BatchLab> = {
  format: BATCH_FORMAT,
  examples: EXAMPLES,
  create: createBatchLab,
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).BATCH_TOOLS, fits: () => true }],
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  remark: ({ shortened }) => (shortened ? t('link.shortened') : null),
  patched: (link, patch) => ({ ...link, ...patch }),
  forModel: ({ look: _, ...link }, model) => ({ ...link, model }),
}

export default parts
