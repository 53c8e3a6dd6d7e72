/** The vision lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import { t } from '../words/words.ts'
import { CompareTool } from './CompareTool.tsx'
import { LayersTool } from './LayersTool.tsx'
import { MaskingTool } from './MaskingTool.tsx'
import { PatchTool } from './PatchTool.tsx'
import { PoolingTool } from './PoolingTool.tsx'
import { PositionTool } from './PositionTool.tsx'
import type { VisionToolProps } from './props.ts'
import { RegistersTool } from './RegistersTool.tsx'
import { TokenTool } from './TokenTool.tsx'

export const VISION_TOOLS: { id: string; title: () => string; Tool: ComponentType<VisionToolProps> }[] = [
  { id: 'token', title: () => t('tool.token'), Tool: TokenTool },
  { id: 'patches', title: () => t('tool.patches'), Tool: PatchTool },
  { id: 'layers', title: () => t('tool.layers'), Tool: LayersTool },
  { id: 'registers', title: () => t('tool.registers'), Tool: RegistersTool },
  { id: 'pooling', title: () => t('tool.pooling'), Tool: PoolingTool },
  { id: 'positions', title: () => t('tool.positions'), Tool: PositionTool },
  { id: 'masking', title: () => t('tool.masking'), Tool: MaskingTool },
  { id: 'compare', title: () => t('tool.compare'), Tool: CompareTool },
]
