/** The protocol between a page and the workers that train and read. */

import type { ErrorReport } from '../core/errors.ts'
import type { ColumnInfo, Reading } from './column.ts'
import type { Coverage, DropoutArgs, DropoutView, HeldUnknown, LatticeArgs, LatticeView } from './measure.ts'
import type { Kind, Recipe } from './recipe.ts'
import type { TrainingStep } from './train.ts'

export interface TrainedKind {
  kind: Kind
  /** The content of tokenizer.json. */
  json: string
  steps: TrainingStep[]
  /** Different words of the corpus, and running ones. */
  words: number
  running: number
  ms: number
}

export interface Calls {
  train: { args: { kind: Kind; recipe: Recipe; text: string }; result: TrainedKind }
  open: { args: { column: string; json: string }; result: ColumnInfo }
  close: { args: { column: string }; result: null }
  read: { args: { column: string; text: string; parsesSpecials: boolean }; result: Reading }
  coverage: { args: { column: string; text: string }; result: Coverage }
  lattice: { args: LatticeArgs & { column: string }; result: LatticeView | null }
  dropout: { args: DropoutArgs & { column: string }; result: DropoutView | null }
  unknowns: { args: { column: string; text: string; most: number }; result: HeldUnknown[] }
}

export type CallName = keyof Calls
export type Request = { [Name in CallName]: { id: number; call: Name; args: Calls[Name]['args'] } }[CallName]
export type Reply =
  | { id: number; result: Calls[CallName]['result'] }
  | { id: number; error: ErrorReport }
  | { id: number; progress: { done: number; total: number } }
