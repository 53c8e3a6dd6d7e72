/** How much of what the text reads is PAD. */

import type { TextRun } from './run.ts'

/**
 * The part of the attention of every other token that lands on PAD, by layer, as the mean over heads and over the queries
 * that read anything.
 * @returns by layer; null where the layer was not read back or nothing is read
 */
export function readOfPad({ tokens, result }: Pick<TextRun, 'tokens' | 'result'>): (number | null)[] {
  const T = result.tokens
  const isPad = tokens.map(({ kind }) => kind === 'pad')
  return result.attentions.map((map) => {
    if (!map) return null
    let onPad = 0
    let all = 0
    for (let row = 0; row < map.data.length / T; row++) {
      if (isPad[row % T]) continue
      for (let k = 0; k < T; k++) {
        const p = map.data[row * T + k] as number
        all += p
        if (isPad[k]) onPad += p
      }
    }
    return all === 0 ? null : onPad / all
  })
}
