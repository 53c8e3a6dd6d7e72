/** The tools of the memory lab's half for text, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

type ToolId = 'reads' | 'mask' | 'cause' | 'slots' | 'recall' | 'count' | 'beside'

type Part = { default: ComponentType<MemoryToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const MEMORY_TOOLS: readonly ToolGroup<MemoryToolProps>[] = [
  {
    id: 'reading',
    title: () => t('tools.reading'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx')),
      tool('mask', () => import('./MaskTool.tsx')),
      tool('cause', () => import('./CauseTool.tsx')),
    ],
  },
  {
    id: 'slots',
    title: () => t('tools.slots'),
    tools: [tool('slots', () => import('./SlotsTool.tsx')), tool('beside', () => import('./BesideTool.tsx'))],
  },
  {
    id: 'task',
    title: () => t('tools.task'),
    tools: [tool('recall', () => import('./RecallTool.tsx')), tool('count', () => import('./CountTool.tsx'))],
  },
]
