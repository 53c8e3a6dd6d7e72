import type { Engine } from '../../../state/engine.ts'
import type { OwnModels } from '../../shared/own_models.ts'
import type { TokenizersLab } from '../state/lab.ts'
import type { TokenizersRun } from '../state/run.ts'

/** What every tool of this lab gets. */
export interface TokenizerToolProps {
  lab: TokenizersLab
  engine: Engine
  ownModels: OwnModels
  /** The newest run; everything a tool shows comes from it, or from what it asks the workers. */
  run: TokenizersRun
}
