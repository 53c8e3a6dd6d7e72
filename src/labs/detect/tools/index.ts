/** The detect lab's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

type ToolId = 'queries' | 'masks' | 'causal' | 'compare' | 'scene' | 'matching' | 'quality' | 'slots'

type Part = { default: ComponentType<DetectToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const DETECT_TOOLS: readonly ToolGroup<DetectToolProps>[] = [
  {
    id: 'queries',
    title: () => t('tools.queries'),
    tools: [
      tool('queries', () => import('./QueriesTool.tsx')),
      tool('masks', () => import('./MasksTool.tsx')),
      tool('causal', () => import('./CausalTool.tsx')),
      tool('compare', () => import('./CompareTool.tsx')),
    ],
  },
  { id: 'picture', title: () => t('tools.picture'), tools: [tool('scene', () => import('./SceneTool.tsx'))] },
  {
    id: 'measure',
    title: () => t('tools.measure'),
    tools: [
      tool('matching', () => import('./MatchingTool.tsx')),
      tool('quality', () => import('./QualityTool.tsx')),
      tool('slots', () => import('./SlotsTool.tsx')),
    ],
  },
]
