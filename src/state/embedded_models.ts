/** The models that come with the page, in public/models. */

import type { Capability } from './capabilities.ts'
import { t } from './words/words.ts'

export interface EmbeddedModel {
  id: string
  modelType:
    | 'bert'
    | 'vit'
    | 'gpt2'
    | 't5'
    | 'vit_mae'
    | 'yolos'
    | 'detr'
    | 'clsroom_vidt'
    | 'clsroom_memory'
    | 'clsroom_vit_memory'
    | 'clsroom_vit_tasks'
  can: readonly Capability[]
  /** In the language of the moment. */
  readonly title: string
}

export const EMBEDDED_MODELS: readonly EmbeddedModel[] = [
  embedded('clsroom-bert', 'bert', ['reads text', 'predicts tokens']),
  embedded('clsroom-gpt2', 'gpt2', ['continues text']),
  embedded('clsroom-t5', 't5', ['rewrites text']),
  embedded('clsroom-vit', 'vit', ['sees pictures']),
  embedded('clsroom-vit-registers', 'vit', ['sees pictures']),
  embedded('clsroom-vit-large', 'vit', ['sees pictures']),
  embedded('clsroom-vit-large-registers', 'vit', ['sees pictures']),
  embedded('clsroom-mae', 'vit_mae', ['sees pictures', 'reconstructs pictures']),
  embedded('clsroom-yolos', 'yolos', ['detects objects']),
  embedded('clsroom-detr', 'detr', ['detects objects']),
  embedded('clsroom-vit-tasks', 'clsroom_vit_tasks', ['answers tasks']),
  embedded('clsroom-vit-tasks-single', 'clsroom_vit_tasks', ['answers tasks']),
  embedded('clsroom-vidt', 'clsroom_vidt', ['detects objects']),
  embedded('clsroom-memtransformer', 'clsroom_memory', ['keeps memory']),
  embedded('clsroom-memctrl', 'clsroom_memory', ['keeps memory']),
  embedded('clsroom-membottleneck', 'clsroom_memory', ['keeps memory']),
  embedded('clsroom-nomemory', 'clsroom_memory', ['keeps memory']),
  embedded('clsroom-vit-memory', 'clsroom_vit_memory', ['keeps memory']),
]

type Id =
  | 'clsroom-bert'
  | 'clsroom-gpt2'
  | 'clsroom-t5'
  | 'clsroom-vit'
  | 'clsroom-vit-registers'
  | 'clsroom-vit-large'
  | 'clsroom-vit-large-registers'
  | 'clsroom-mae'
  | 'clsroom-yolos'
  | 'clsroom-detr'
  | 'clsroom-vit-tasks'
  | 'clsroom-vit-tasks-single'
  | 'clsroom-vidt'
  | 'clsroom-memtransformer'
  | 'clsroom-memctrl'
  | 'clsroom-membottleneck'
  | 'clsroom-nomemory'
  | 'clsroom-vit-memory'

function embedded(id: Id, modelType: EmbeddedModel['modelType'], can: readonly Capability[]): EmbeddedModel {
  return {
    id,
    modelType,
    can,
    get title() {
      return t(`model.${id}`)
    },
  }
}
