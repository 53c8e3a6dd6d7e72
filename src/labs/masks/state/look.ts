/** What is chosen and on screen: no part of what runs. */

import type { StrokeShape } from '../../../viz/strokes.ts'
import type { TileSide } from './tiles.ts'

/** What a stroke makes of its cells: the opposite of the first one, open, closed, or what the rules say. */
export const VALUES = ['flip', 'open', 'close', 'rules'] as const
export type StrokeValue = (typeof VALUES)[number]
/** Where painting counts: in every layer, or in the one on screen. */
export const SCOPES = ['all', 'layer'] as const

export interface MasksLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colour scales end at the largest value that is shown, and not at 1. */
  fit: boolean
  /** Keys of the selected tokens; the first is the one whose row and column are read. */
  selection: number[]
  brush: StrokeShape
  value: StrokeValue
  scope: (typeof SCOPES)[number]
  /** Reach is shown after so many layers. */
  after: number
  tile: TileSide
  /** The mask that was chosen by its name last: some have several names. */
  named: string
}

export const LOOK: MasksLook = {
  ...{ tool: '', layer: 0, head: 'mean', fit: false, selection: [] },
  ...{ brush: 'cell', value: 'flip', scope: 'all' },
  ...{ after: 1, tile: 16, named: '' },
}
