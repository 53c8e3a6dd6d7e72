/** What each lab opens on: an example that already shows the point. */

import type { TextLink, VisionLink } from '../state/permalink.ts'

/** Two segments, so that both separators have something to part; a [MASK], so that something is predicted. */
export const EXAMPLE_TEXT: TextLink = {
  lab: 'text',
  model: 'clsroom-bert',
  texts: ['The movie was excellent.', 'I would watch it again.'],
  look: { layer: 0, head: 'mean', selected: [0] },
}

export const EXAMPLE_PHOTO = 'cat.jpg'

export const EXAMPLE_VISION: VisionLink = { lab: 'vision', model: 'clsroom-vit-registers' }
