/** What a strip of tokens draws and what it asks for. The caller turns its sequence into these and intents into edits. */

import type { Kind } from '../../core/tokens.ts'

export type StripStatus = 'read' | 'masked' | 'removed'

export interface StripToken {
  /** Stable across edits: focus, selection and tests follow it. */
  key: string
  kind: Kind
  label: string
  id?: number | null
  position?: number | null
  /** 0 is A, 1 is B; null or absent where the model has no segments. */
  segment?: number | null
  /** What they were before the last edit changed them. */
  positionBefore?: number
  segmentBefore?: number
  status: StripStatus
  /** Left out of the display only. */
  hidden?: boolean
  /** Its embedding was never trained. */
  untrained?: boolean
  /** What stood here in the text: under [UNK], or before it was replaced by [MASK]. */
  original?: string
  /** How much of what another token reads is this one, 0 to 1: a bar under the chip. */
  share?: number
  /** Stands for several tokens, such as all patches of a picture. */
  count?: number
  /** The model wrote it. */
  written?: boolean
  /** May be selected, but not moved or changed here. */
  fixed?: boolean
}

/** A special token that can be inserted. */
export interface InsertOffer {
  kind: Kind
  /** Defaults to the kind's own label. */
  label?: string
  hint?: string
  disabled?: boolean
}

/** `index` counts gaps: 0 is before the first token of the list, `tokens.length` after the last. */
export interface StripIntents {
  onSelect: (keys: string[]) => void
  onInsert: (kind: Kind, index: number, offer: InsertOffer) => void
  onMove: (keys: string[], index: number) => void
  onRemove: (keys: string[]) => void
  onRestore: (keys: string[]) => void
  onStatus: (keys: string[], status: 'read' | 'masked') => void
  onHide: (keys: string[], hidden: boolean) => void
  onReplaceMask?: (keys: string[]) => void
  onRestoreOriginal?: (keys: string[]) => void
  /** Opens what changes the vectors that tokens start from. */
  onEmbedding?: (keys: string[]) => void
  /** null gives the segment back to the rule that the separators set. */
  onSegment?: (keys: string[], segment: 0 | 1 | null) => void
  /** null gives the position back to the numbering. */
  onPosition?: (key: string, position: number | null) => void
}
