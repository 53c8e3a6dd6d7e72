import type { Engine } from '../../../state/engine.ts'
import type { BatchLab } from '../state/lab.ts'
import type { BatchRun } from '../state/run.ts'

/** What every tool of this lab gets. */
export interface BatchToolProps {
  lab: BatchLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: BatchRun
}
