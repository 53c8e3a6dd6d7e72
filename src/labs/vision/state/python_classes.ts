/** transformers' classes for the vision models, and where in them is what a snippet touches. */

import type { LoadedModel } from '../../../engine/protocol.ts'

export interface VisionClass {
  name: string
  /** The encoder, and the output projection of the attention of layer `layer`. */
  encoder: string
  dense: string
  /** The trained tokens before the patches, each [n, D], of `embeddings`. */
  specials: string[]
  /** It reads weights that transformers has no place for. */
  ownRegisters: boolean
}

interface Family {
  name: string
  encoder: string
  layers: 'layers' | 'encoder.layer'
}

const FAMILIES: Readonly<Record<string, Family>> = {
  deit: { name: 'DeiT', encoder: 'model.deit', layers: 'layers' },
  dinov2: { name: 'Dinov2', encoder: 'model.dinov2', layers: 'encoder.layer' },
  dinov2_with_registers: {
    name: 'Dinov2WithRegisters',
    encoder: 'model.dinov2_with_registers',
    layers: 'encoder.layer',
  },
  vit: { name: 'ViT', encoder: 'model.vit', layers: 'layers' },
}

/** Whether a snippet can be written for a model. */
export function hasClass({ info }: LoadedModel): boolean {
  return info.modelType in FAMILIES || info.reconstructs !== undefined
}

export function visionClass({ info }: LoadedModel): VisionClass {
  const { name, encoder, layers } = FAMILIES[info.modelType] as Family
  const { classTokens = 1, registers = 0 } = info.image ?? {}
  const ownRegisters = registers > 0 && info.modelType === 'vit'
  return {
    name: `${name}ForImageClassification${info.labels.cls_distillation ? 'WithTeacher' : ''}`,
    encoder,
    dense: `${encoder}.${layers}[layer].attention.o_proj`,
    specials: [
      'embeddings.cls_token[0]',
      ...(classTokens > 1 ? ['embeddings.distillation_token[0]'] : []),
      ...(ownRegisters ? ['weights["vit.embeddings.register_tokens"][0]'] : []),
      ...(registers > 0 && !ownRegisters ? ['embeddings.register_tokens[0]'] : []),
    ],
    ownRegisters,
  }
}
