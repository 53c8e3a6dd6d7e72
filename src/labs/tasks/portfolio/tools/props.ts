import type { Engine } from '../../../../state/engine.ts'
import type { PortfolioLab } from '../state/lab.ts'
import type { Sample } from '../state/market.ts'
import type { PortfolioRun } from '../state/run.ts'

/** What every tool of this half gets. */
export interface PortfolioToolProps {
  lab: PortfolioLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: PortfolioRun
  samples: readonly Sample[]
}
