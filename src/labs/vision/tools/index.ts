/** The vision lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import type { Engine } from '../../../state/engine.ts'
import type { VisionLab, VisionRun } from '../../../state/vision_lab.ts'
import { TokenTool } from './TokenTool.tsx'

export interface VisionToolProps {
  lab: VisionLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: VisionRun
}

export const VISION_TOOLS: { id: string; title: string; Tool: ComponentType<VisionToolProps> }[] = [
  { id: 'token', title: 'One token', Tool: TokenTool },
]
