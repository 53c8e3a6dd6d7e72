import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createDetectLab, type DetectLab } from './state/lab.ts'
import { DETECT_FORMAT, type DetectLink, isPhotoAbsent } from './state/link.ts'
import { t } from './words/words.ts'

const parts: LabParts<DetectLink, DetectLab> = {
  format: DETECT_FORMAT,
  examples: EXAMPLES,
  create: createDetectLab,
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).DETECT_TOOLS, fits: () => true }],
  remark(link) {
    if (isPhotoAbsent(link)) return t('link.no.photo')
    return link.photo === undefined ? null : t('link.photo')
  },
  patched(link, patch) {
    // Another picture takes the place of the one that was there, and its drawings.
    const { sample: _, own: __, photo: ___, pieces: ____, ...rest } = link
    return { ...('sample' in patch || 'photo' in patch ? rest : link), ...patch }
  },
  forModel: ({ sample, own, photo, pieces }, model) => ({ lab: 'detect', model, sample, own, photo, pieces }),
}

export default parts
