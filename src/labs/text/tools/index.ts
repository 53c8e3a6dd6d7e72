/** The text lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

type ToolId =
  | 'reads'
  | 'token'
  | 'attention'
  | 'norms'
  | 'silence'
  | 'mask'
  | 'ablation'
  | 'embedding'
  | 'mlm'
  | 'unk'
  | 'pad'
  | 'pooling'
  | 'compare'
  | 'second'

type Part = { default: ComponentType<TextToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const TEXT_TOOLS: readonly ToolGroup<TextToolProps>[] = [
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx')),
      tool('token', () => import('./TokenTool.tsx')),
      tool('attention', () => import('./AttentionTool.tsx')),
      tool('norms', () => import('./NormsTool.tsx')),
    ],
  },
  {
    id: 'change',
    title: () => t('tools.change'),
    tools: [
      tool('silence', () => import('./SilenceTool.tsx')),
      tool('mask', () => import('./MaskTool.tsx')),
      tool('ablation', () => import('./AblationTool.tsx')),
      tool('embedding', () => import('./EmbeddingTool.tsx')),
    ],
  },
  {
    id: 'words',
    title: () => t('tools.words'),
    tools: [
      tool('mlm', () => import('./MlmTool.tsx')),
      tool('unk', () => import('./UnkTool.tsx')),
      tool('pad', () => import('./PadTool.tsx')),
    ],
  },
  {
    id: 'compare',
    title: () => t('tools.compare'),
    tools: [
      tool('pooling', () => import('./PoolingTool.tsx')),
      tool('compare', () => import('./CompareTool.tsx')),
      tool('second', () => import('./SecondOpinionTool.tsx')),
    ],
  },
]
