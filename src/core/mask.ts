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

/** A mask a layer, one after the other. */
export function stackedMasks(masks: readonly Uint32Array[]): { bits: Uint32Array<ArrayBuffer>; layers: number } {
  const words = masks[0]?.length ?? 0
  const bits = new Uint32Array(masks.length * words)
  masks.forEach((one, layer) => {
    bits.set(one, layer * words)
  })
  return { bits, layers: masks.length }
}

/**
 * What both masks leave: u32 [L, Tq, ⌈Tk/32⌉], where L is that of the one with more layers; one layer stands for all.
 */
export function bothMasks(
  a: { bits: Uint32Array; layers: number },
  b: { bits: Uint32Array; layers: number },
): { bits: Uint32Array<ArrayBuffer>; layers: number } {
  const layers = Math.max(a.layers, b.layers)
  const words = a.bits.length / a.layers
  const of = ({ bits, layers: own }: typeof a, i: number) => bits[own === 1 ? i % words : i] as number
  return { layers, bits: Uint32Array.from({ length: layers * words }, (_, i) => of(a, i) & of(b, i)) }
}

/** Whether bit `key` of row `row` is set; `row` counts over all leading axes. */
export function maskBit(bits: Uint32Array, tokens: number, row: number, key: number): boolean {
  return (((bits[row * maskWords(tokens) + (key >> 5)] as number) >>> (key & 31)) & 1) === 1
}
