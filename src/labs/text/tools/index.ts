/** The text lab's tools in their groups, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../views/help/help.ts'
import { help as sharedHelp } from '../../shared/help/help.ts'
import { lazyPart } from '../../shared/lazy_part.ts'
import type { ToolGroup } from '../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
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

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const TEXT_TOOLS: readonly ToolGroup<TextToolProps>[] = [
  {
    id: 'see',
    title: () => t('tools.see'),
    tools: [
      tool('reads', () => import('./ReadsTool.tsx'), sharedHelp('tool.reads')),
      tool('token', () => import('./TokenTool.tsx'), sharedHelp('tool.token')),
      tool('attention', () => import('./AttentionTool.tsx'), help('tool.attention')),
      tool('norms', () => import('./NormsTool.tsx'), help('tool.norms')),
    ],
  },
  {
    id: 'change',
    title: () => t('tools.change'),
    tools: [
      tool('silence', () => import('./SilenceTool.tsx'), help('tool.silence')),
      tool('mask', () => import('./MaskTool.tsx'), sharedHelp('tool.mask')),
      tool('ablation', () => import('./AblationTool.tsx'), help('tool.ablation')),
      tool('embedding', () => import('./EmbeddingTool.tsx'), sharedHelp('tool.embedding')),
    ],
  },
  {
    id: 'words',
    title: () => t('tools.words'),
    tools: [
      tool('mlm', () => import('./MlmTool.tsx'), help('tool.mlm')),
      tool('unk', () => import('./UnkTool.tsx'), help('tool.unk')),
      tool('pad', () => import('./PadTool.tsx'), help('tool.pad')),
    ],
  },
  {
    id: 'compare',
    title: () => t('tools.compare'),
    tools: [
      tool('pooling', () => import('./PoolingTool.tsx'), help('tool.pooling')),
      tool('compare', () => import('./CompareTool.tsx'), sharedHelp('tool.compare')),
      tool('second', () => import('./SecondOpinionTool.tsx'), sharedHelp('tool.second')),
    ],
  },
]
