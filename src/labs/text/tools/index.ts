/** The text lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here; it is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../shared/lazy_part.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

export const TEXT_TOOLS: { id: string; title: () => string; Tool: ComponentType<TextToolProps> }[] = [
  { id: 'token', title: () => t('tool.token'), Tool: lazyPart(() => import('./TokenTool.tsx')) },
  { id: 'attention', title: () => t('tool.attention'), Tool: lazyPart(() => import('./AttentionTool.tsx')) },
  { id: 'norms', title: () => t('tool.norms'), Tool: lazyPart(() => import('./NormsTool.tsx')) },
  { id: 'pooling', title: () => t('tool.pooling'), Tool: lazyPart(() => import('./PoolingTool.tsx')) },
  { id: 'compare', title: () => t('tool.compare'), Tool: lazyPart(() => import('./CompareTool.tsx')) },
  { id: 'silence', title: () => t('tool.silence'), Tool: lazyPart(() => import('./SilenceTool.tsx')) },
  { id: 'mask', title: () => t('tool.mask'), Tool: lazyPart(() => import('./MaskTool.tsx')) },
  { id: 'mlm', title: () => t('tool.mlm'), Tool: lazyPart(() => import('./MlmTool.tsx')) },
  { id: 'unk', title: () => t('tool.unk'), Tool: lazyPart(() => import('./UnkTool.tsx')) },
  { id: 'pad', title: () => t('tool.pad'), Tool: lazyPart(() => import('./PadTool.tsx')) },
  { id: 'embedding', title: () => t('tool.embedding'), Tool: lazyPart(() => import('./EmbeddingTool.tsx')) },
  { id: 'ablation', title: () => t('tool.ablation'), Tool: lazyPart(() => import('./AblationTool.tsx')) },
]
