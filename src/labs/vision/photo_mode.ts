import type { VisionLab } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'

/** What every mode of the photo gets. */
export interface PhotoModeProps {
  lab: VisionLab
  run: VisionRun
  /** The photo in words. */
  alt: string
}
