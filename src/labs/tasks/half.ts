import type { ReactNode } from 'react'
import type { Engine } from '../../state/engine.ts'

/** What the view of a half gets. */
export interface HalfViewProps<HalfLab> {
  lab: HalfLab
  engine: Engine
  /** The choice among the models of the whole lab; null before there is one. */
  picker: ReactNode
}
