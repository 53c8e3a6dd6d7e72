import type { Engine } from '../../../state/engine.ts'
import type { Sample } from '../../shared/samples/samples.ts'
import type { VisionLab, VisionRun } from '../state/lab.ts'

/** What every tool of this lab gets. */
export interface VisionToolProps {
  lab: VisionLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: VisionRun
  samples: readonly Sample[]
}
