/** The studio's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

type ToolId = 'rules' | 'kinds' | 'reach' | 'tiles' | 'compare' | 'python' | 'use'
type Part = { default: ComponentType<MasksToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const MASKS_TOOLS: readonly ToolGroup<MasksToolProps>[] = [
  {
    id: 'make',
    title: () => t('tools.make'),
    tools: [
      tool('rules', () => import('./RulesTool.tsx'), help('tool.rules')),
      tool('kinds', () => import('./KindsTool.tsx'), help('tool.kinds')),
    ],
  },
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reach', () => import('./ReachTool.tsx'), help('tool.reach')),
      tool('tiles', () => import('./TilesTool.tsx'), help('tool.tiles')),
      tool('compare', () => import('./CompareTool.tsx'), help('tool.compare')),
    ],
  },
  {
    id: 'take',
    title: () => t('tools.take'),
    tools: [
      tool('python', () => import('./PythonTool.tsx'), help('tool.python')),
      tool('use', () => import('./UseTool.tsx'), help('tool.use')),
    ],
  },
]
