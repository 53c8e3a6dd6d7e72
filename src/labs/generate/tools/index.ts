/** The Generate lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

type ToolId =
  | 'sampling'
  | 'steps'
  | 'beams'
  | 'end'
  | 'reads'
  | 'token'
  | 'lens'
  | 'cache'
  | 'mask'
  | 'embedding'
  | 'start'
  | 'window'
  | 'cell'
  | 'compare'

type Part = { default: ComponentType<GenerateToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const GENERATE_TOOLS: readonly ToolGroup<GenerateToolProps>[] = [
  {
    id: 'choose',
    title: () => t('tools.choose'),
    tools: [
      tool('sampling', () => import('./SamplingTool.tsx')),
      tool('steps', () => import('./StepsTool.tsx')),
      tool('beams', () => import('./BeamTool.tsx')),
      tool('end', () => import('./EndTool.tsx')),
    ],
  },
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx')),
      tool('token', () => import('./TokenTool.tsx')),
      tool('lens', () => import('./LensTool.tsx')),
      tool('cache', () => import('./CacheTool.tsx')),
    ],
  },
  {
    id: 'change',
    title: () => t('tools.change'),
    tools: [
      tool('mask', () => import('./MaskTool.tsx')),
      tool('embedding', () => import('./EmbeddingTool.tsx')),
      tool('start', () => import('./StartTool.tsx')),
      tool('window', () => import('./WindowTool.tsx')),
      tool('cell', () => import('./CellTool.tsx')),
    ],
  },
  {
    id: 'compare',
    title: () => t('tools.compare'),
    tools: [tool('compare', () => import('./CompareTool.tsx'))],
  },
]
