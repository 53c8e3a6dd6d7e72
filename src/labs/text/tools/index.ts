/** The text lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import type { Engine } from '../../../state/engine.ts'
import type { TextLab, TextRun } from '../../../state/text_lab.ts'
import { TokenTool } from './TokenTool.tsx'

export interface TextToolProps {
  lab: TextLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: TextRun
}

export const TEXT_TOOLS: { id: string; title: string; Tool: ComponentType<TextToolProps> }[] = [
  { id: 'token', title: 'One token', Tool: TokenTool },
]
