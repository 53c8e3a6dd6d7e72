/** The text lab's tools, in the order of their tabs. A new tool is a file beside this one and a line here. */

import type { ComponentType } from 'react'
import type { TextToolProps } from './props.ts'
import { TokenTool } from './TokenTool.tsx'

export const TEXT_TOOLS: { id: string; title: string; Tool: ComponentType<TextToolProps> }[] = [
  { id: 'token', title: 'One token', Tool: TokenTool },
]
