import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createVisionLab, type VisionLab } from './state/lab.ts'
import { absentFrom, isWhole, VISION_FORMAT, type VisionLink } from './state/link.ts'
import { t } from './words/words.ts'

const parts: LabParts<VisionLink, VisionLab> = {
  format: VISION_FORMAT,
  examples: EXAMPLES,
  create: createVisionLab,
  tools: async () => [{ groups: (await fetchPart(() => import('./tools/index.ts'))).VISION_TOOLS, fits: () => true }],
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  remark: (link) => [photoRemark(link), pinnedRemark(link)].filter(Boolean).join(' ') || null,
  patched(link, patch) {
    // Another photo takes the place of the one that was there, and its name.
    const { sample: _, own: __, photo: ___, ...rest } = link
    return { ...('sample' in patch || 'photo' in patch ? rest : link), ...patch }
  },
  forModel: ({ sample, own, photo, crop, strokes }, model) => ({
    lab: 'vision',
    model,
    sample,
    own,
    photo,
    crop,
    strokes,
  }),
}

function photoRemark(link: VisionLink): string | null {
  const absent = absentFrom(link)
  if (absent === 'photo' || absent === 'both') return t('link.no.photo')
  if (link.photo === undefined) return null
  return t(isWhole(link.photo) ? 'link.photo' : 'link.photo.smaller')
}

function pinnedRemark(link: VisionLink): string | null {
  const absent = absentFrom(link)
  return absent === 'pinned' || absent === 'both' ? t('link.no.pinned') : null
}

export default parts
