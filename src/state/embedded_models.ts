/** The models that come with the page, in public/models. */

import type { Capability } from './capabilities.ts'

export interface EmbeddedModel {
  id: string
  modelType: 'bert' | 'vit'
  can: readonly Capability[]
  title: string
}

export const EMBEDDED_MODELS: EmbeddedModel[] = [
  { id: 'clsroom-bert', modelType: 'bert', can: ['reads text', 'predicts tokens'], title: 'BERT, 4 layers' },
  { id: 'clsroom-vit', modelType: 'vit', can: ['sees pictures'], title: 'ViT, no registers' },
  { id: 'clsroom-vit-registers', modelType: 'vit', can: ['sees pictures'], title: 'ViT, 4 registers' },
  { id: 'clsroom-vit-large', modelType: 'vit', can: ['sees pictures'], title: 'ViT untaught, no registers' },
  { id: 'clsroom-vit-large-registers', modelType: 'vit', can: ['sees pictures'], title: 'ViT untaught, 4 registers' },
]
