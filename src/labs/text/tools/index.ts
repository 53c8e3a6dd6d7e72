/** The text lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
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

export const TEXT_TOOLS: { id: string; title: string; Tool: ComponentType<TextToolProps> }[] = [
  { id: 'token', title: 'Selection', Tool: TokenTool },
  { id: 'attention', title: 'Where attention goes', Tool: AttentionTool },
  { id: 'norms', title: 'Norms', Tool: NormsTool },
  { id: 'pooling', title: 'Pooling', Tool: PoolingTool },
  { id: 'compare', title: 'Compare', Tool: CompareTool },
  { id: 'silence', title: 'Hide, mask, remove', Tool: SilenceTool },
  { id: 'mask', title: 'Mask cells', Tool: MaskTool },
  { id: 'mlm', title: 'Masked words', Tool: MlmTool },
  { id: 'unk', title: 'Unknown', Tool: UnkTool },
  { id: 'pad', title: 'Padding', Tool: PadTool },
  { id: 'embedding', title: 'Embedding', Tool: EmbeddingTool },
  { id: 'ablation', title: 'Heads', Tool: AblationTool },
]
