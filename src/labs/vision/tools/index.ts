/** The vision lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { help as sharedHelp } from '../../shared/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

type ToolId =
  | 'reads'
  | 'token'
  | 'layers'
  | 'patches'
  | 'positions'
  | 'registers'
  | 'pooling'
  | 'masking'
  | 'rebuild'
  | 'compare'
  | 'second'

type Part = { default: ComponentType<VisionToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const VISION_TOOLS: readonly ToolGroup<VisionToolProps>[] = [
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx'), help('tool.reads')),
      tool('token', () => import('./TokenTool.tsx'), sharedHelp('tool.token')),
      tool('layers', () => import('./LayersTool.tsx'), help('tool.layers')),
    ],
  },
  {
    id: 'picture',
    title: () => t('tools.picture'),
    tools: [
      tool('patches', () => import('./PatchTool.tsx'), help('tool.patches')),
      tool('positions', () => import('./PositionTool.tsx'), help('tool.positions')),
    ],
  },
  {
    id: 'tokens',
    title: () => t('tools.tokens'),
    tools: [
      tool('registers', () => import('./RegistersTool.tsx'), help('tool.registers')),
      tool('pooling', () => import('./PoolingTool.tsx'), help('tool.pooling')),
    ],
  },
  {
    id: 'compare',
    title: () => t('tools.compare'),
    tools: [
      tool('masking', () => import('./MaskingTool.tsx'), help('tool.masking')),
      tool('rebuild', () => import('./RebuildTool.tsx'), help('tool.rebuild')),
      tool('compare', () => import('./CompareTool.tsx'), sharedHelp('tool.compare')),
      tool('second', () => import('./SecondOpinionTool.tsx'), sharedHelp('tool.second')),
    ],
  },
]
