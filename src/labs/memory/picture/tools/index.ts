/** The tools of the memory lab's picture half, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../../views/help/help.ts'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

type ToolId = 'tasks' | 'usage' | 'start' | 'interference' | 'rows'

type Part = { default: ComponentType<PictureToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const PICTURE_TOOLS: readonly ToolGroup<PictureToolProps>[] = [
  {
    id: 'memory',
    title: () => t('tools.memory'),
    tools: [
      tool('tasks', () => import('./TasksTool.tsx'), help('tool.tasks')),
      tool('usage', () => import('./UsageTool.tsx'), help('tool.usage')),
      tool('start', () => import('./StartTool.tsx'), help('tool.start')),
    ],
  },
  {
    id: 'measure',
    title: () => t('tools.measure'),
    tools: [
      tool('interference', () => import('./InterferenceTool.tsx'), help('tool.interference')),
      tool('rows', () => import('./RowsTool.tsx'), help('tool.rows')),
    ],
  },
]
