import type { Estimate, ModelReference } from '../../engine/protocol.ts'

/** Models of one's own, in whichever lab can use them. */
export interface OwnModels {
  /** What one of another server will take; null for what is here. Rejects where it does not run, or no lab has a use for it. */
  estimate(reference: ModelReference, signal: AbortSignal): Promise<Estimate | null>
  /** Loads a model and shows it in a lab that can use it; rejects with what is wrong with it. */
  open(reference: ModelReference, signal: AbortSignal): Promise<void>
}
