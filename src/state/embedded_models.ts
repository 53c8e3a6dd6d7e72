/** The models that come with the page, in public/models. */

export interface EmbeddedModel {
  id: string
  modelType: 'bert' | 'vit'
  modality: 'text' | 'image'
  title: string
}

export const EMBEDDED_MODELS: EmbeddedModel[] = [
  { id: 'clsroom-bert', modelType: 'bert', modality: 'text', title: 'BERT, 4 layers' },
  { id: 'clsroom-vit', modelType: 'vit', modality: 'image', title: 'ViT, no registers' },
  { id: 'clsroom-vit-registers', modelType: 'vit', modality: 'image', title: 'ViT, 4 registers' },
  { id: 'clsroom-vit-large', modelType: 'vit', modality: 'image', title: 'ViT untaught, no registers' },
  { id: 'clsroom-vit-large-registers', modelType: 'vit', modality: 'image', title: 'ViT untaught, 4 registers' },
]
