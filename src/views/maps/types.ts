import type { Kind } from '../../core/tokens.ts'
import { t } from '../words/words.ts'

/** One token on the axes of a map: the same order as the rows and columns of the matrix. */
export interface MapToken {
  key: string
  kind: Kind
  label: string
  /** Left out of the display; its values are neither shown nor given to others. */
  hidden?: boolean
  /** Readable by nobody. */
  masked?: boolean
  /** Which of the sequences that share a row it is of, by colour. */
  colour?: number
}

export interface HeadChoice {
  layer: number
  head: number | 'mean'
}

/** The one name of a head in sets and test ids: "2.5", 0-based. */
export function headId(layer: number, head: number): string {
  return `${layer}.${head}`
}

/** "layer 1, head 2", "layer 1, mean of heads": people count from 1. */
export function headName({ layer, head }: HeadChoice): string {
  return head === 'mean' ? t('head.mean', { layer: layer + 1 }) : t('head.of', { layer: layer + 1, head: head + 1 })
}
