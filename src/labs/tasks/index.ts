/** The tasks lab: several class tokens, each with a task of its own, over a picture or over assets. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { TasksLink } from './parts.ts'
import type { TasksLab } from './state.ts'

const name = defineWords('tasks-lab', { name: 'Tasks' }, { ru: async () => ({ default: { name: 'Задачи' } }) })

export const TASKS: LabDefinition<TasksLink, TasksLab> = {
  id: 'tasks',
  name: () => name('name'),
  needs: ['answers tasks'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./TasksLab.tsx'),
}
