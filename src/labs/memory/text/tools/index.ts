/** The tools of the memory lab's half for text, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../../views/help/help.ts'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

type ToolId = 'reads' | 'mask' | 'cause' | 'slots' | 'recall' | 'count' | 'beside'

type Part = { default: ComponentType<MemoryToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const MEMORY_TOOLS: readonly ToolGroup<MemoryToolProps>[] = [
  {
    id: 'reading',
    title: () => t('tools.reading'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx'), help('tool.reads')),
      tool('mask', () => import('./MaskTool.tsx'), help('tool.mask')),
      tool('cause', () => import('./CauseTool.tsx'), help('tool.cause')),
    ],
  },
  {
    id: 'slots',
    title: () => t('tools.slots'),
    tools: [
      tool('slots', () => import('./SlotsTool.tsx'), help('tool.slots')),
      tool('beside', () => import('./BesideTool.tsx'), help('tool.beside')),
    ],
  },
  {
    id: 'task',
    title: () => t('tools.task'),
    tools: [
      tool('recall', () => import('./RecallTool.tsx'), help('tool.recall')),
      tool('count', () => import('./CountTool.tsx'), help('tool.count')),
    ],
  },
]
