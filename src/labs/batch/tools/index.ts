/** The batch lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { BatchToolProps } from './props.ts'

type ToolId = 'lengths' | 'map' | 'contamination' | 'leak' | 'sides' | 'loss' | 'code'
type Part = { default: ComponentType<BatchToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const BATCH_TOOLS: readonly ToolGroup<BatchToolProps>[] = [
  {
    id: 'cost',
    title: () => t('tools.cost'),
    tools: [tool('lengths', () => import('./LengthsTool.tsx'), help('tool.lengths'))],
  },
  {
    id: 'harm',
    title: () => t('tools.harm'),
    tools: [
      tool('map', () => import('./MapTool.tsx'), help('tool.map')),
      tool('contamination', () => import('./ContaminationTool.tsx'), help('tool.contamination')),
      tool('leak', () => import('./LeakTool.tsx'), help('tool.leak')),
      tool('sides', () => import('./SidesTool.tsx'), help('tool.sides')),
      tool('loss', () => import('./LossTool.tsx'), help('tool.loss')),
    ],
  },
  {
    id: 'take',
    title: () => t('tools.take'),
    tools: [tool('code', () => import('./CodeTool.tsx'), help('tool.code'))],
  },
]
