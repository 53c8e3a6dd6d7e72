/** The tools of the picture half in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

type ToolId = 'reads' | 'gone' | 'cause' | 'alike' | 'probe' | 'pooling' | 'twin' | 'compare'

type Part = { default: ComponentType<PictureToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const PICTURE_TOOLS: readonly ToolGroup<PictureToolProps>[] = [
  {
    id: 'between',
    title: () => t('tools.between'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx')),
      tool('gone', () => import('./GoneTool.tsx')),
      tool('alike', () => import('./AlikeTool.tsx')),
    ],
  },
  {
    id: 'answers',
    title: () => t('tools.answers'),
    tools: [
      tool('probe', () => import('./ProbeTool.tsx')),
      tool('pooling', () => import('./PoolingTool.tsx')),
      tool('cause', () => import('./CauseTool.tsx')),
    ],
  },
  {
    id: 'runs',
    title: () => t('tools.runs'),
    tools: [tool('twin', () => import('./TwinTool.tsx')), tool('compare', () => import('./CompareTool.tsx'))],
  },
]
