/** The text lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import { type ComponentType, lazy } from 'react'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

export const TEXT_TOOLS: { id: string; title: () => string; Tool: ComponentType<TextToolProps> }[] = [
  { id: 'token', title: () => t('tool.token'), Tool: lazy(() => import('./TokenTool.tsx')) },
  { id: 'attention', title: () => t('tool.attention'), Tool: lazy(() => import('./AttentionTool.tsx')) },
  { id: 'norms', title: () => t('tool.norms'), Tool: lazy(() => import('./NormsTool.tsx')) },
  { id: 'pooling', title: () => t('tool.pooling'), Tool: lazy(() => import('./PoolingTool.tsx')) },
  { id: 'compare', title: () => t('tool.compare'), Tool: lazy(() => import('./CompareTool.tsx')) },
  { id: 'silence', title: () => t('tool.silence'), Tool: lazy(() => import('./SilenceTool.tsx')) },
  { id: 'mask', title: () => t('tool.mask'), Tool: lazy(() => import('./MaskTool.tsx')) },
  { id: 'mlm', title: () => t('tool.mlm'), Tool: lazy(() => import('./MlmTool.tsx')) },
  { id: 'unk', title: () => t('tool.unk'), Tool: lazy(() => import('./UnkTool.tsx')) },
  { id: 'pad', title: () => t('tool.pad'), Tool: lazy(() => import('./PadTool.tsx')) },
  { id: 'embedding', title: () => t('tool.embedding'), Tool: lazy(() => import('./EmbeddingTool.tsx')) },
  { id: 'ablation', title: () => t('tool.ablation'), Tool: lazy(() => import('./AblationTool.tsx')) },
]
