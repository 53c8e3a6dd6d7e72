/** The tools of the memory lab's picture half, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

type ToolId = 'tasks' | 'usage' | 'start' | 'interference' | 'rows'

type Part = { default: ComponentType<PictureToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const PICTURE_TOOLS: readonly ToolGroup<PictureToolProps>[] = [
  {
    id: 'memory',
    title: () => t('tools.memory'),
    tools: [
      tool('tasks', () => import('./TasksTool.tsx')),
      tool('usage', () => import('./UsageTool.tsx')),
      tool('start', () => import('./StartTool.tsx')),
    ],
  },
  {
    id: 'measure',
    title: () => t('tools.measure'),
    tools: [tool('interference', () => import('./InterferenceTool.tsx')), tool('rows', () => import('./RowsTool.tsx'))],
  },
]
