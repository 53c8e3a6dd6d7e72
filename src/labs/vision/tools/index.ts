/** The vision lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import { CompareTool } from './CompareTool.tsx'
import { LayersTool } from './LayersTool.tsx'
import { MaskingTool } from './MaskingTool.tsx'
import { PatchTool } from './PatchTool.tsx'
import { PoolingTool } from './PoolingTool.tsx'
import { PositionTool } from './PositionTool.tsx'
import type { VisionToolProps } from './props.ts'
import { RegistersTool } from './RegistersTool.tsx'
import { TokenTool } from './TokenTool.tsx'

export const VISION_TOOLS: { id: string; title: string; Tool: ComponentType<VisionToolProps> }[] = [
  { id: 'token', title: 'One token', Tool: TokenTool },
  { id: 'patches', title: 'Patch embedding', Tool: PatchTool },
  { id: 'layers', title: 'Layers', Tool: LayersTool },
  { id: 'registers', title: 'Registers', Tool: RegistersTool },
  { id: 'pooling', title: 'CLS against pooling', Tool: PoolingTool },
  { id: 'positions', title: 'Positions', Tool: PositionTool },
  { id: 'masking', title: 'Patch masking', Tool: MaskingTool },
  { id: 'compare', title: 'Compare', Tool: CompareTool },
]
