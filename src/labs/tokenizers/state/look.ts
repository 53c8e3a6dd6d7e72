/** What is chosen and on screen: no part of what is trained or read. */

import type { Kind } from '../../../tokenizers/recipe.ts'

export interface TokenizersLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  /** Every lab's look has one; this lab shows no map. */
  layer: number
  /** The chosen column, by its place: its unknown words are what the text model predicts. */
  column: number
  /** Lines between the pieces of neighbouring columns. */
  lines: boolean
  /** The kind whose training is watched, and the step. */
  watched: Kind
  step: number
  /** Of the coverage curves: what is drawn. */
  curve: 'known' | 'whole' | 'fertility'
  /** The word whose lattice is drawn, by its place in the text; α of sampling; the probability of dropout; the seed of both. */
  word: number
  alpha: number
  dropout: number
  seed: number
}

export const LOOK: TokenizersLook = {
  tool: '',
  layer: 0,
  column: 0,
  lines: true,
  watched: 'BPE',
  step: 0,
  curve: 'known',
  word: 1,
  alpha: 0.5,
  dropout: 0.1,
  seed: 1,
}
