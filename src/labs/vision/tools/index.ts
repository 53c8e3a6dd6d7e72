/** The vision lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

export const VISION_TOOLS: { id: string; title: () => string; Tool: ComponentType<VisionToolProps> }[] = [
  { id: 'token', title: () => t('tool.token'), Tool: lazyPart(() => import('./TokenTool.tsx')) },
  { id: 'patches', title: () => t('tool.patches'), Tool: lazyPart(() => import('./PatchTool.tsx')) },
  { id: 'layers', title: () => t('tool.layers'), Tool: lazyPart(() => import('./LayersTool.tsx')) },
  { id: 'registers', title: () => t('tool.registers'), Tool: lazyPart(() => import('./RegistersTool.tsx')) },
  { id: 'pooling', title: () => t('tool.pooling'), Tool: lazyPart(() => import('./PoolingTool.tsx')) },
  { id: 'positions', title: () => t('tool.positions'), Tool: lazyPart(() => import('./PositionTool.tsx')) },
  { id: 'masking', title: () => t('tool.masking'), Tool: lazyPart(() => import('./MaskingTool.tsx')) },
  { id: 'compare', title: () => t('tool.compare'), Tool: lazyPart(() => import('./CompareTool.tsx')) },
]
