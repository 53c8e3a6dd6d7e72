/**
 * The tasks lab's state: that of its halves, each a lab of its own, of which one is shown. The model decides which: its type says what it
 * reads. Whatever the page asks of the lab goes to that half.
 */

import { createStore } from 'zustand/vanilla'
import type { LoadedModel } from '../../engine/protocol.ts'
import { loadFor } from '../../state/capabilities.ts'
import type { Engine } from '../../state/engine.ts'
import type { Lab, LabState } from '../../state/lab.ts'
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
  const chosen = createStore<{ half: HalfName }>(() => ({ half: 'picture' }))
  const shown = () => halves[chosen.getState().half]

  /** The state of the half that is shown; another half's is another state. */
  const store: Lab['store'] = {
    getState: () => shown().store.getState(),
    subscribe(listener) {
      const ends = Object.values(halves).map((half) =>
        half.store.subscribe((state, before) => {
          if (half === shown()) listener(state, before)
        }),
      )
      const turned = chosen.subscribe((now, before) =>
        listener(halves[now.half].store.getState(), halves[before.half].store.getState()),
      )
      return () => {
        for (const end of [...ends, turned]) end()
      }
    },
  }

  function turnTo(half: HalfName): void {
    if (halves[half] !== shown()) chosen.setState({ half })
  }

  /** A link of one half whose model belongs to another opens that one on the model alone. */
  function openIn(half: HalfName, link: TasksLink, model: string): Promise<void> {
    switch (half) {
      case 'picture':
        return halves.picture.open(link.half === half ? link : { lab: 'tasks', half, model })
      case 'portfolio':
        return halves.portfolio.open(link.half === half ? link : { lab: 'tasks', half, model })
    }
  }

  const lab = {
    store,
    halves,
    /** Which half is shown. */
    chosen,

    /** @throws ClsroomError when the model cannot be loaded; the half that was shown still is, then */
    async open(link: TasksLink): Promise<void> {
      const model = await loadFor(engine, ['answers tasks'], link.model)
      const half = halfFor(model.info)
      await openIn(half, link, model.id)
      turnTo(half)
    },

    link: (): TasksLink | null => shown().link(),

    changed(state: LabState, before: LabState): boolean {
      const turned = state.model && before.model && halfFor(state.model.info) !== halfFor(before.model.info)
      return turned || shown().changed(state, before)
    },

    prepare: (model: LoadedModel): Promise<void> => halves[halfFor(model.info)].prepare(model),

    /** @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      try {
        const model = await loadFor(engine, ['answers tasks'], id)
        const half = halfFor(model.info)
        if (halves[half] === shown()) return await shown().setModel(model.id)
        await openIn(half, { lab: 'tasks', half, model: model.id }, model.id)
        turnTo(half)
        return true
      } catch (thrown) {
        lab.fail(thrown)
        return false
      }
    },

    /** A table of prices is for the portfolio, and anything else a picture, whichever half is shown. */
    async showFile(file: File): Promise<void> {
      const half = isTable(file) ? 'portfolio' : 'picture'
      if (halves[half] !== shown() && !(await lab.setModel(FIRST_MODEL[half]))) return
      await shown().showFile(file)
    },
    look: (change: { tool: string }) => shown().look(change),
    undo: () => shown().undo(),
    redo: () => shown().redo(),
    fail: (thrown: unknown) => shown().fail(thrown),
    dismissProblem: () => shown().dismissProblem(),
    settled: (): Promise<void> => shown().settled(),
  }
  return lab
}
