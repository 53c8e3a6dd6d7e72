import type { Engine } from '../../../state/engine.ts'
import type { GenerateLab, GenerateRun } from '../state/lab.ts'

/** What every tool of this lab gets. */
export interface GenerateToolProps {
  lab: GenerateLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: GenerateRun
}
