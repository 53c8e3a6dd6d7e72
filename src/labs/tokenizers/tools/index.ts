/** The tokenizers lab's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
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

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const TOKENIZER_TOOLS: readonly ToolGroup<TokenizerToolProps>[] = [
  {
    id: 'train',
    title: () => t('tools.train'),
    tools: [
      tool('corpus', () => import('./CorpusTool.tsx')),
      tool('recipe', () => import('./RecipeTool.tsx')),
      tool('steps', () => import('./StepsTool.tsx')),
    ],
  },
  {
    id: 'read',
    title: () => t('tools.read'),
    tools: [
      tool('columns', () => import('./ColumnsTool.tsx')),
      tool('trip', () => import('./TripTool.tsx')),
      tool('scripts', () => import('./ScriptsTool.tsx')),
    ],
  },
  {
    id: 'unknown',
    title: () => t('tools.unknown'),
    tools: [
      tool('unknown', () => import('./UnknownTool.tsx')),
      tool('under', () => import('./UnderTool.tsx')),
      tool('curves', () => import('./CurvesTool.tsx')),
    ],
  },
  {
    id: 'chance',
    title: () => t('tools.chance'),
    tools: [tool('lattice', () => import('./LatticeTool.tsx')), tool('dropout', () => import('./DropoutTool.tsx'))],
  },
]
