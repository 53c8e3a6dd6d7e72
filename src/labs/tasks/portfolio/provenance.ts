import { labAddress } from '../../shared/lab_address.ts'
import type { Provenance } from '../../shared/save_figure.ts'
import { TASKS_FORMAT, type TasksLink } from '../link.ts'
import type { PortfolioLab } from './state/lab.ts'
import { encodePortfolio } from './state/link.ts'
import type { PortfolioRun } from './state/run.ts'

/** The model and the state that made a run, for the files saved from it. */
export function madeBy(lab: PortfolioLab, { doc, market }: PortfolioRun): Provenance {
  const state = (): TasksLink => encodePortfolio(doc, market, lab.store.getState().look)
  return { model: doc.model, state, link: () => labAddress('tasks', TASKS_FORMAT, state()) }
}
