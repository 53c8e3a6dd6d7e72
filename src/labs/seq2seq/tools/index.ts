/** The lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

type ToolId = 'masks' | 'pad' | 'states' | 'shift' | 'start' | 'free' | 'alignment' | 'causal' | 'buckets'

type Part = { default: ComponentType<Seq2SeqToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const SEQ2SEQ_TOOLS: readonly ToolGroup<Seq2SeqToolProps>[] = [
  {
    id: 'source',
    title: () => t('tools.source'),
    tools: [
      tool('alignment', () => import('./AlignmentTool.tsx'), help('tool.alignment')),
      tool('causal', () => import('./CausalTool.tsx'), help('tool.causal')),
    ],
  },
  {
    id: 'change',
    title: () => t('tools.change'),
    tools: [
      tool('masks', () => import('./MasksTool.tsx'), help('tool.masks')),
      tool('pad', () => import('./PadTool.tsx'), help('tool.pad')),
      tool('states', () => import('./StatesTool.tsx'), help('tool.states')),
    ],
  },
  {
    id: 'decoder',
    title: () => t('tools.decoder'),
    tools: [
      tool('shift', () => import('./ShiftTool.tsx'), help('tool.shift')),
      tool('start', () => import('./StartTool.tsx'), help('tool.start')),
      tool('free', () => import('./FreeTool.tsx'), help('tool.free')),
    ],
  },
  {
    id: 'model',
    title: () => t('tools.model'),
    tools: [tool('buckets', () => import('./BucketsTool.tsx'), help('tool.buckets'))],
  },
]
