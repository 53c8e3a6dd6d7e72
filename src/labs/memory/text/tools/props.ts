import type { TokenizerInfo } from '../../../../engine/reader_protocol.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { TextMemory } from '../state/lab.ts'
import type { MemoryRun } from '../state/run.ts'

/** What every tool of this half gets. */
export interface MemoryToolProps {
  lab: TextMemory
  engine: Engine
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: MemoryRun
  tokenizer: TokenizerInfo
}
