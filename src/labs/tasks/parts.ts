import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { TASKS_FORMAT, type TasksLink } from './link.ts'
import { picture } from './picture/parts.ts'
import { createTasksLab, type TasksLab } from './state.ts'

export type { TasksLink }

/** What a half answers for its own links. */
export interface HalfParts<Link> {
  remark(link: Link): string | null
  patched(link: Partial<Link>, patch: object): object
  forModel(link: Link, model: string): Link
}

const parts: LabParts<TasksLink, TasksLab> = {
  format: TASKS_FORMAT,
  examples: EXAMPLES,
  create: createTasksLab,
  remark: (link) => picture.remark(link),
  patched: (link, patch) => picture.patched(link, patch),
  forModel: (link, model) => picture.forModel(link, model),
}

export default parts
