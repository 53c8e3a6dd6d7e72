/** The vision lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import { type ComponentType, lazy } from 'react'
import type { VisionToolProps } from './props.ts'

export const VISION_TOOLS: { id: string; title: string; Tool: ComponentType<VisionToolProps> }[] = [
  { id: 'token', title: 'One token', Tool: lazy(() => import('./TokenTool.tsx')) },
  { id: 'patches', title: 'Patch embedding', Tool: lazy(() => import('./PatchTool.tsx')) },
  { id: 'layers', title: 'Layers', Tool: lazy(() => import('./LayersTool.tsx')) },
  { id: 'registers', title: 'Registers', Tool: lazy(() => import('./RegistersTool.tsx')) },
  { id: 'pooling', title: 'CLS against pooling', Tool: lazy(() => import('./PoolingTool.tsx')) },
  { id: 'positions', title: 'Positions', Tool: lazy(() => import('./PositionTool.tsx')) },
  { id: 'masking', title: 'Patch masking', Tool: lazy(() => import('./MaskingTool.tsx')) },
  { id: 'compare', title: 'Compare', Tool: lazy(() => import('./CompareTool.tsx')) },
]
