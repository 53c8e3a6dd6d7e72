/** The lab's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ToolGroup } from '../../shared/tool_groups.ts'
import type { Seq2SeqToolProps } from './props.ts'

export const SEQ2SEQ_TOOLS: readonly ToolGroup<Seq2SeqToolProps>[] = []
