import type { Engine } from '../../../state/engine.ts'
import type { DetectLab } from '../state/lab.ts'
import type { DetectRun } from '../state/run.ts'
import type { Scene } from '../state/scenes.ts'

/** What every tool of this lab gets. */
export interface DetectToolProps {
  lab: DetectLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: DetectRun
  scenes: readonly Scene[]
}
