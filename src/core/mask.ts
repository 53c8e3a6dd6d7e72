/** Boolean masks as bits: what the attention kernel and its CPU twin read. */

/** u32 words in one row of T keys. */
export function maskWords(tokens: number): number {
  return Math.ceil(tokens / 32)
}

/**
 * Packs a readable(query, key) predicate into bits.
 * @param keys how many tokens are read, where they are not the `tokens` that read
 * @returns u32 [Tq, ⌈Tk/32⌉]; bit (k & 31) of word (k >> 5) of row q is 1 where query q may read key k
 */
export function packMask(
  tokens: number,
  readable: (query: number, key: number) => boolean,
  keys = tokens,
): Uint32Array<ArrayBuffer> {
  const words = maskWords(keys)
  const bits = new Uint32Array(tokens * words)
  for (let q = 0; q < tokens; q++) {
    for (let k = 0; k < keys; k++) {
      if (readable(q, k)) bits[q * words + (k >> 5)] = ((bits[q * words + (k >> 5)] as number) | (1 << (k & 31))) >>> 0
    }
  }
  return bits
}

/** Whether bit `key` of row `row` is set; `row` counts over all leading axes. */
export function maskBit(bits: Uint32Array, tokens: number, row: number, key: number): boolean {
  return (((bits[row * maskWords(tokens) + (key >> 5)] as number) >>> (key & 31)) & 1) === 1
}
