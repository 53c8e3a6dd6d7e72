/** What is chosen and on screen: no part of what runs. */

export interface PictureLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colours end at the largest value on the picture, and not at 1. */
  fit: boolean
  /** Whose class token asks: `base`, or a task. */
  asker: string
}

export const LOOK: PictureLook = { tool: '', layer: 0, head: 'mean', fit: true, asker: 'fashion' }
