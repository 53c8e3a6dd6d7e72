import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createVisionLab, type VisionLab } from './state/lab.ts'
import { VISION_FORMAT, type VisionLink } from './state/link.ts'

const parts: LabParts<VisionLink, VisionLab> = {
  format: VISION_FORMAT,
  examples: EXAMPLES,
  create: createVisionLab,
  forModel: ({ sample, crop, strokes }, model) => ({ lab: 'vision', model, sample, crop, strokes }),
}

export default parts
