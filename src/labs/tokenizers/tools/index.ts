/** The tokenizers lab's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

type ToolId =
  | 'corpus'
  | 'recipe'
  | 'steps'
  | 'columns'
  | 'trip'
  | 'scripts'
  | 'unknown'
  | 'under'
  | 'curves'
  | 'lattice'
  | 'dropout'

type Part = { default: ComponentType<TokenizerToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const TOKENIZER_TOOLS: readonly ToolGroup<TokenizerToolProps>[] = [
  {
    id: 'train',
    title: () => t('tools.train'),
    tools: [
      tool('corpus', () => import('./CorpusTool.tsx'), help('tool.corpus')),
      tool('recipe', () => import('./RecipeTool.tsx'), help('tool.recipe')),
      tool('steps', () => import('./StepsTool.tsx'), help('tool.steps')),
    ],
  },
  {
    id: 'read',
    title: () => t('tools.read'),
    tools: [
      tool('columns', () => import('./ColumnsTool.tsx'), help('tool.columns')),
      tool('trip', () => import('./TripTool.tsx'), help('tool.trip')),
      tool('scripts', () => import('./ScriptsTool.tsx'), help('tool.scripts')),
    ],
  },
  {
    id: 'unknown',
    title: () => t('tools.unknown'),
    tools: [
      tool('unknown', () => import('./UnknownTool.tsx'), help('tool.unknown')),
      tool('under', () => import('./UnderTool.tsx'), help('tool.under')),
      tool('curves', () => import('./CurvesTool.tsx'), help('tool.curves')),
    ],
  },
  {
    id: 'chance',
    title: () => t('tools.chance'),
    tools: [
      tool('lattice', () => import('./LatticeTool.tsx'), help('tool.lattice')),
      tool('dropout', () => import('./DropoutTool.tsx'), help('tool.dropout')),
    ],
  },
]
