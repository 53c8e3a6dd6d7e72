import type { ModelReference } from '../../engine/protocol.ts'

/** Loads a model and shows it in a lab that can use it; rejects with what is wrong with it. */
export type OpenModel = (reference: ModelReference, signal: AbortSignal) => Promise<void>
