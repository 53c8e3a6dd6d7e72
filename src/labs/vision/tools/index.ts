/** The vision lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import { type ComponentType, lazy } from 'react'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

export const VISION_TOOLS: { id: string; title: () => string; Tool: ComponentType<VisionToolProps> }[] = [
  { id: 'token', title: () => t('tool.token'), Tool: lazy(() => import('./TokenTool.tsx')) },
  { id: 'patches', title: () => t('tool.patches'), Tool: lazy(() => import('./PatchTool.tsx')) },
  { id: 'layers', title: () => t('tool.layers'), Tool: lazy(() => import('./LayersTool.tsx')) },
  { id: 'registers', title: () => t('tool.registers'), Tool: lazy(() => import('./RegistersTool.tsx')) },
  { id: 'pooling', title: () => t('tool.pooling'), Tool: lazy(() => import('./PoolingTool.tsx')) },
  { id: 'positions', title: () => t('tool.positions'), Tool: lazy(() => import('./PositionTool.tsx')) },
  { id: 'masking', title: () => t('tool.masking'), Tool: lazy(() => import('./MaskingTool.tsx')) },
  { id: 'compare', title: () => t('tool.compare'), Tool: lazy(() => import('./CompareTool.tsx')) },
]
