/** The Generate lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { help as sharedHelp } from '../../shared/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
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

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const GENERATE_TOOLS: readonly ToolGroup<GenerateToolProps>[] = [
  {
    id: 'choose',
    title: () => t('tools.choose'),
    tools: [
      tool('sampling', () => import('./SamplingTool.tsx'), help('tool.sampling')),
      tool('steps', () => import('./StepsTool.tsx'), help('tool.steps')),
      tool('beams', () => import('./BeamTool.tsx'), help('tool.beams')),
      tool('end', () => import('./EndTool.tsx'), help('tool.end')),
    ],
  },
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx'), help('tool.reads')),
      tool('token', () => import('./TokenTool.tsx'), sharedHelp('tool.token')),
      tool('lens', () => import('./LensTool.tsx'), help('tool.lens')),
      tool('cache', () => import('./CacheTool.tsx'), help('tool.cache')),
    ],
  },
  {
    id: 'change',
    title: () => t('tools.change'),
    tools: [
      tool('mask', () => import('./MaskTool.tsx'), sharedHelp('tool.mask')),
      tool('embedding', () => import('./EmbeddingTool.tsx'), sharedHelp('tool.embedding')),
      tool('start', () => import('./StartTool.tsx'), help('tool.start')),
      tool('window', () => import('./WindowTool.tsx'), help('tool.window')),
      tool('cell', () => import('./CellTool.tsx'), help('tool.cell')),
    ],
  },
  {
    id: 'compare',
    title: () => t('tools.compare'),
    tools: [tool('compare', () => import('./CompareTool.tsx'), help('tool.compare'))],
  },
]
