/** A lab's tools, grouped by what they are for. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../views/help/help.ts'

export interface LabTool<Props> {
  id: string
  title: () => string
  /** What answers "What am I seeing?" of it. */
  help: HelpRef
  Tool: ComponentType<Props>
}

export interface ToolGroup<Props> {
  id: string
  title: () => string
  tools: readonly LabTool<Props>[]
}

/** The tool of this id, in whatever group; undefined for '' and for ids that are not there. */
export function toolOf<Props>(groups: readonly ToolGroup<Props>[], id: string): LabTool<Props> | undefined {
  return groups.flatMap(({ tools }) => tools).find((tool) => tool.id === id)
}
