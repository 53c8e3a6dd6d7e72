/** The text lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import { t } from '../words/words.ts'
import { AblationTool } from './AblationTool.tsx'
import { AttentionTool } from './AttentionTool.tsx'
import { CompareTool } from './CompareTool.tsx'
import { EmbeddingTool } from './EmbeddingTool.tsx'
import { MaskTool } from './MaskTool.tsx'
import { MlmTool } from './MlmTool.tsx'
import { NormsTool } from './NormsTool.tsx'
import { PadTool } from './PadTool.tsx'
import { PoolingTool } from './PoolingTool.tsx'
import type { TextToolProps } from './props.ts'
import { SilenceTool } from './SilenceTool.tsx'
import { TokenTool } from './TokenTool.tsx'
import { UnkTool } from './UnkTool.tsx'

export const TEXT_TOOLS: { id: string; title: () => string; Tool: ComponentType<TextToolProps> }[] = [
  { id: 'token', title: () => t('tool.token'), Tool: TokenTool },
  { id: 'attention', title: () => t('tool.attention'), Tool: AttentionTool },
  { id: 'norms', title: () => t('tool.norms'), Tool: NormsTool },
  { id: 'pooling', title: () => t('tool.pooling'), Tool: PoolingTool },
  { id: 'compare', title: () => t('tool.compare'), Tool: CompareTool },
  { id: 'silence', title: () => t('tool.silence'), Tool: SilenceTool },
  { id: 'mask', title: () => t('tool.mask'), Tool: MaskTool },
  { id: 'mlm', title: () => t('tool.mlm'), Tool: MlmTool },
  { id: 'unk', title: () => t('tool.unk'), Tool: UnkTool },
  { id: 'pad', title: () => t('tool.pad'), Tool: PadTool },
  { id: 'embedding', title: () => t('tool.embedding'), Tool: EmbeddingTool },
  { id: 'ablation', title: () => t('tool.ablation'), Tool: AblationTool },
]
