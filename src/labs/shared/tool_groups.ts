/** A lab's tools, grouped by what they are for. */

import type { ComponentType } from 'react'

export interface LabTool<Props> {
  id: string
  title: () => string
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
