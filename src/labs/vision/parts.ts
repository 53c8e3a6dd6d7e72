import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createVisionLab, type VisionLab } from './state/lab.ts'
import { VISION_FORMAT, type VisionLink } from './state/link.ts'
import { t } from './words/words.ts'

const parts: LabParts<VisionLink, VisionLab> = {
  format: VISION_FORMAT,
  examples: EXAMPLES,
  create: createVisionLab,
  leftOut: ({ own }) => (own ? t('link.no.photo') : null),
  patched: (link, patch) => ({ ...link, ...patch }),
  forModel: ({ sample, crop, strokes }, model) => ({ lab: 'vision', model, sample, crop, strokes }),
}

export default parts
