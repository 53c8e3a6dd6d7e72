import type { Engine } from '../../../state/engine.ts'
import type { LabViewProps } from '../../definition.ts'
import type { MasksDoc, MasksLab, MasksRun } from '../state/lab.ts'

/** What every tool of this lab gets. */
export interface MasksToolProps {
  lab: MasksLab
  engine: Engine
  /** What is edited: ahead of the run while that is computed. */
  doc: MasksDoc
  /** The newest run; every number a tool shows comes from it, or from runs of its own. */
  run: MasksRun
  addressIn: LabViewProps<MasksLab>['addressIn']
}
