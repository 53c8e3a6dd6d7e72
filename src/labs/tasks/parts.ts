import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { TASKS_FORMAT, type TasksLink } from './link.ts'
import { picture } from './picture/parts.ts'
import type { PictureLink } from './picture/state/link.ts'
import { portfolio } from './portfolio/parts.ts'
import { createTasksLab, type TasksLab } from './state.ts'

export type { TasksLink }

const parts: LabParts<TasksLink, TasksLab> = {
  format: TASKS_FORMAT,
  examples: EXAMPLES,
  create: createTasksLab,
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  tools: async () => [
    {
      groups: (await fetchPart(() => import('./picture/tools/index.ts'))).PICTURE_TOOLS,
      fits: (link) => link.half === 'picture',
    },
    {
      groups: (await fetchPart(() => import('./portfolio/tools/index.ts'))).PORTFOLIO_TOOLS,
      fits: (link) => link.half === 'portfolio',
    },
  ],
  remark: (link) => (link.half === 'picture' ? picture.remark(link) : portfolio.remark(link)),
  patched: (link, patch) =>
    link.half === 'portfolio' ? portfolio.patched(link, patch) : picture.patched(link as Partial<PictureLink>, patch),
  forModel: (link, model) =>
    link.half === 'picture' ? picture.forModel(link, model) : portfolio.forModel(link, model),
}

export default parts
