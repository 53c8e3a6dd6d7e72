/** What class tokens read of assets. */

import type { Token } from '../../../../sequence/token.ts'
import { headMap, rowOf } from '../../../../viz/matrix.ts'
import { assetTokens, type PortfolioRun } from './run.ts'

export interface HeadChoice {
  layer: number
  head: number | 'mean'
}

/** What one class token reads. */
export interface ClassReading {
  token: Token
  /** By asset token of the run. */
  assets: Float32Array
  /** Of class tokens: itself, and the others. */
  own: number
  classTokens: number
}

/** By class token of the run; null where the layer was not read back. */
export function classReadings({ tokens, result }: PortfolioRun, { layer, head }: HeadChoice): ClassReading[] | null {
  const map = result.attentions[layer]
  if (!map) return null
  const matrix = headMap(map.data, tokens.length, head)
  const assets = assetTokens(tokens).map((token) => tokens.indexOf(token))
  return tokens.flatMap((token, row): ClassReading[] => {
    if (token.kind !== 'cls') return []
    const reading = rowOf(matrix, tokens.length, row)
    const classes = tokens.reduce(
      (sum, { kind }, key) => sum + (kind === 'cls' && key !== row ? at(reading, key) : 0),
      0,
    )
    return [
      {
        token,
        assets: Float32Array.from(assets, (key) => at(reading, key)),
        own: at(reading, row),
        classTokens: classes,
      },
    ]
  })
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] as number
}

/** How evenly a token reads the assets: e to the entropy of its shares, from 1 (one asset) to their number (all alike). */
export function assetsInEffect(shares: ArrayLike<number>): number {
  const values = Array.from(shares)
  const total = values.reduce((sum, value) => sum + value, 0)
  if (total <= 0) return 0
  const entropy = values.reduce((sum, value) => (value > 0 ? sum - (value / total) * Math.log(value / total) : sum), 0)
  return Math.exp(entropy)
}
