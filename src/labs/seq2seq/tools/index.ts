/** The lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

type ToolId = 'masks' | 'pad' | 'states' | 'shift' | 'start' | 'free' | 'alignment' | 'causal' | 'buckets'

type Part = { default: ComponentType<Seq2SeqToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const SEQ2SEQ_TOOLS: readonly ToolGroup<Seq2SeqToolProps>[] = [
  {
    id: 'source',
    title: () => t('tools.source'),
    tools: [tool('alignment', () => import('./AlignmentTool.tsx')), tool('causal', () => import('./CausalTool.tsx'))],
  },
  {
    id: 'change',
    title: () => t('tools.change'),
    tools: [
      tool('masks', () => import('./MasksTool.tsx')),
      tool('pad', () => import('./PadTool.tsx')),
      tool('states', () => import('./StatesTool.tsx')),
    ],
  },
  {
    id: 'decoder',
    title: () => t('tools.decoder'),
    tools: [
      tool('shift', () => import('./ShiftTool.tsx')),
      tool('start', () => import('./StartTool.tsx')),
      tool('free', () => import('./FreeTool.tsx')),
    ],
  },
  {
    id: 'model',
    title: () => t('tools.model'),
    tools: [tool('buckets', () => import('./BucketsTool.tsx'))],
  },
]
