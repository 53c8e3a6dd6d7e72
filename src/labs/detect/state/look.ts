/** What is chosen and on screen: no part of what runs. */

import { type CostWeights, PAPER_WEIGHTS } from './matching.ts'

export interface DetectLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colours end at the largest value on the picture, and not at 1. */
  fit: boolean
  /** The chosen query, by its place. */
  query: number
  /** What scores less is not drawn, and not counted. */
  threshold: number
  /** Draws the chosen query's box after each layer. */
  path: boolean
  /** Draws the true boxes. */
  truth: boolean
  /** Drops what repeats a better box. */
  nms: boolean
  weights: CostWeights
}

export const LOOK: DetectLook = {
  tool: '',
  layer: 0,
  head: 'mean',
  fit: true,
  query: 0,
  threshold: 0.5,
  path: false,
  truth: false,
  nms: false,
  weights: PAPER_WEIGHTS,
}
