/** What is chosen and on screen: no part of what runs. */

export interface PortfolioLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colours end at the largest value that is shown, and not at 1. */
  fit: boolean
  /** Key of the token whose row of the map is marked. */
  query: number
  selection: readonly number[]
  /** Number of the horizon that tools measure by. */
  horizon: number
}

export const LOOK: PortfolioLook = {
  tool: '',
  layer: 0,
  head: 'mean',
  fit: true,
  query: 0,
  selection: [],
  horizon: 2,
}
