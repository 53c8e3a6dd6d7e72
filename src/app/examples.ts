/** What each lab opens on: an example that already shows the point. */

import type { TextLink, VisionLink } from '../state/permalink.ts'

/**
 * Two segments, so that both separators have something to part; "actors" under a [MASK], so that something is predicted; and
 * the layer that reads [SEP] most.
 */
export const EXAMPLE_TEXT: TextLink = {
  lab: 'text',
  model: 'clsroom-bert',
  texts: ['The movie was excellent.', 'The actors were great.'],
  tokens: { states: [{ at: [[8, 1]], replacement: { kind: 'mask', id: 4, label: '[MASK]' } }] },
  look: { layer: 2, head: 'mean', selected: [8] },
}

export const EXAMPLE_PHOTO = 'bird.jpg'

export const EXAMPLE_VISION: VisionLink = { lab: 'vision', model: 'clsroom-vit-registers' }
