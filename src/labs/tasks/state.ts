/** The tasks lab: a half over pictures and one over assets. */

import type { Engine } from '../../state/engine.ts'
import { createHalves } from '../../state/halves.ts'
import { type HalfName, halfFor, type TasksLink } from './link.ts'
import { createPictureLab } from './picture/state/lab.ts'
import { createPortfolioLab } from './portfolio/state/lab.ts'
import { isTable } from './portfolio/state/market.ts'

/** What a half opens on when it is shown for a file. */
const FIRST_MODEL: Readonly<Record<HalfName, string>> = {
  picture: 'clsroom-vit-tasks',
  portfolio: 'clsroom-portfolio',
}

export type TasksLab = ReturnType<typeof createTasksLab>

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createTasksLab(engine: Engine, baseUrl: string) {
  const halves = { picture: createPictureLab(engine, baseUrl), portfolio: createPortfolioLab(engine, baseUrl) }
  const lab = createHalves<typeof halves, TasksLink>(engine, {
    halves,
    first: 'picture',
    needs: ['answers tasks'],
    halfFor,
    halfOf: ({ half }) => half,
    bare: (half, model): TasksLink => ({ lab: 'tasks', half, model }),
  })
  return {
    ...lab,
    /** A table of prices is for the portfolio, and anything else a picture, whichever half is shown. */
    async showFile(file: File): Promise<void> {
      const half = isTable(file) ? 'portfolio' : 'picture'
      if (lab.shown.getState() !== half && !(await lab.setModel(FIRST_MODEL[half]))) return
      await lab.halves[half].showFile(file)
    },
  }
}
