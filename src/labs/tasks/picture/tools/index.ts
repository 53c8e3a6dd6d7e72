/** The tools of the picture half in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../../views/help/help.ts'
import { help as sharedHelp } from '../../../shared/help/help.ts'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

type ToolId = 'maps' | 'reads' | 'gone' | 'cause' | 'alike' | 'probe' | 'pooling' | 'twin' | 'compare'

type Part = { default: ComponentType<PictureToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const PICTURE_TOOLS: readonly ToolGroup<PictureToolProps>[] = [
  {
    id: 'between',
    title: () => t('tools.between'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx'), help('tool.reads')),
      tool('gone', () => import('./GoneTool.tsx'), help('tool.gone')),
      tool('alike', () => import('./AlikeTool.tsx'), help('tool.alike')),
    ],
  },
  {
    id: 'answers',
    title: () => t('tools.answers'),
    tools: [
      tool('probe', () => import('./ProbeTool.tsx'), help('tool.probe')),
      tool('pooling', () => import('./PoolingTool.tsx'), help('tool.pooling')),
      tool('cause', () => import('./CauseTool.tsx'), help('tool.cause')),
    ],
  },
  {
    id: 'runs',
    title: () => t('tools.runs'),
    tools: [
      tool('maps', () => import('./MapsTool.tsx'), help('tool.maps')),
      tool('twin', () => import('./TwinTool.tsx'), help('tool.twin')),
      tool('compare', () => import('./CompareTool.tsx'), sharedHelp('tool.compare')),
    ],
  },
]
