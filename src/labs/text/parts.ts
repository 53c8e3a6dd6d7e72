import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { createTextLab, type TextLab } from './state/lab.ts'
import { TEXT_FORMAT, type TextLink } from './state/link.ts'

const parts: LabParts<TextLink, TextLab> = {
  format: TEXT_FORMAT,
  examples: EXAMPLES,
  create: createTextLab,
  forModel: ({ texts }, model) => ({ lab: 'text', model, texts }),
}

export default parts
