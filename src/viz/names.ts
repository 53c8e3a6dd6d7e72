/** Names of layers and heads as charts write them; people count from 1. */

import { t } from './words/words.ts'

export function layerName(layer: number): string {
  return t('layer', { layer: layer + 1 })
}

export function headName(head: number): string {
  return t('head', { head: head + 1 })
}
