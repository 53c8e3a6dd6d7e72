import type { Engine } from '../../../state/engine.ts'
import type { Seq2SeqModel } from '../state/doc.ts'
import type { Seq2SeqLab, Seq2SeqRun } from '../state/lab.ts'

/** What every tool of this lab gets. */
export interface Seq2SeqToolProps {
  lab: Seq2SeqLab
  engine: Engine
  model: Seq2SeqModel
  /** The newest run; everything a tool shows comes from it, or from runs of its own. */
  run: Seq2SeqRun
}
