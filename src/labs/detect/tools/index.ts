/** The detect lab's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

type ToolId = 'queries' | 'masks' | 'causal' | 'compare' | 'scene' | 'matching' | 'quality' | 'slots'

type Part = { default: ComponentType<DetectToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const DETECT_TOOLS: readonly ToolGroup<DetectToolProps>[] = [
  {
    id: 'queries',
    title: () => t('tools.queries'),
    tools: [
      tool('queries', () => import('./QueriesTool.tsx'), help('tool.queries')),
      tool('masks', () => import('./MasksTool.tsx'), help('tool.masks')),
      tool('causal', () => import('./CausalTool.tsx'), help('tool.causal')),
      tool('compare', () => import('./CompareTool.tsx'), help('tool.compare')),
    ],
  },
  {
    id: 'picture',
    title: () => t('tools.picture'),
    tools: [tool('scene', () => import('./SceneTool.tsx'), help('tool.scene'))],
  },
  {
    id: 'measure',
    title: () => t('tools.measure'),
    tools: [
      tool('matching', () => import('./MatchingTool.tsx'), help('tool.matching')),
      tool('quality', () => import('./QualityTool.tsx'), help('tool.quality')),
      tool('slots', () => import('./SlotsTool.tsx'), help('tool.slots')),
    ],
  },
]
