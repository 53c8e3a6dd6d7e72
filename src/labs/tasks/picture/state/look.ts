/** What is chosen and on screen: no part of what runs. */

export interface PictureLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colours end at the largest value on the picture, and not at 1. */
  fit: boolean
  /** Key of the token whose reading is laid over the picture. */
  query: number
  selection: readonly number[]
  /** The picture at full sharpness, or at the model's resolution. */
  sight: 'sharp' | 'seen'
}

export const LOOK: PictureLook = {
  tool: '',
  layer: 0,
  head: 'mean',
  fit: true,
  query: 0,
  selection: [],
  sight: 'sharp',
}
