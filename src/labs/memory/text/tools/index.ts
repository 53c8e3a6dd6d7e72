/** The tools of the memory lab's half for text, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

type ToolId = 'mask'

type Part = { default: ComponentType<MemoryToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const MEMORY_TOOLS: readonly ToolGroup<MemoryToolProps>[] = [
  {
    id: 'reading',
    title: () => t('tools.reading'),
    tools: [tool('mask', () => import('./MaskTool.tsx'))],
  },
]
