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

/** A mask a layer (or one for all), and in it one a head (or one for all). */
interface Masks {
  /** [L, H, Tq, ⌈Tk/32⌉] */
  bits: Uint32Array
  layers: number
  heads?: number
}

/** What both masks leave: of as many layers and heads as the one that has more. */
export function bothMasks(a: Masks, b: Masks): { bits: Uint32Array<ArrayBuffer>; layers: number; heads: number } {
  const layers = Math.max(a.layers, b.layers)
  const heads = Math.max(a.heads ?? 1, b.heads ?? 1)
  const words = a.bits.length / (a.layers * (a.heads ?? 1))
  const of = ({ bits, layers: L, heads: H = 1 }: Masks, layer: number, head: number, word: number) =>
    bits[((L === 1 ? 0 : layer) * H + (H === 1 ? 0 : head)) * words + word] as number
  const bits = Uint32Array.from({ length: layers * heads * words }, (_, i) => {
    const [layer, head, word] = [Math.floor(i / (heads * words)), Math.floor(i / words) % heads, i % words]
    return of(a, layer, head, word) & of(b, layer, head, word)
  })
  return { bits, layers, heads }
}

/** Whether bit `key` of row `row` is set; `row` counts over all leading axes. */
export function maskBit(bits: Uint32Array, tokens: number, row: number, key: number): boolean {
  return (((bits[row * maskWords(tokens) + (key >> 5)] as number) >>> (key & 31)) & 1) === 1
}
