/** The vision lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

type ToolId =
  | 'reads'
  | 'token'
  | 'layers'
  | 'patches'
  | 'positions'
  | 'registers'
  | 'pooling'
  | 'masking'
  | 'rebuild'
  | 'compare'
  | 'second'

type Part = { default: ComponentType<VisionToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const VISION_TOOLS: readonly ToolGroup<VisionToolProps>[] = [
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx')),
      tool('token', () => import('./TokenTool.tsx')),
      tool('layers', () => import('./LayersTool.tsx')),
    ],
  },
  {
    id: 'picture',
    title: () => t('tools.picture'),
    tools: [tool('patches', () => import('./PatchTool.tsx')), tool('positions', () => import('./PositionTool.tsx'))],
  },
  {
    id: 'tokens',
    title: () => t('tools.tokens'),
    tools: [tool('registers', () => import('./RegistersTool.tsx')), tool('pooling', () => import('./PoolingTool.tsx'))],
  },
  {
    id: 'compare',
    title: () => t('tools.compare'),
    tools: [
      tool('masking', () => import('./MaskingTool.tsx')),
      tool('rebuild', () => import('./RebuildTool.tsx')),
      tool('compare', () => import('./CompareTool.tsx')),
      tool('second', () => import('./SecondOpinionTool.tsx')),
    ],
  },
]
