import type { Engine } from '../../../../state/engine.ts'
import type { Sample } from '../../../shared/samples/samples.ts'
import type { PictureLab } from '../state/lab.ts'
import type { PictureRun } from '../state/run.ts'

/** What every tool of this half gets. */
export interface PictureToolProps {
  lab: PictureLab
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: PictureRun
  samples: readonly Sample[]
}
