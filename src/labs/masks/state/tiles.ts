/**
 * What a mask costs by tiles: block-sparse attention (FlexAttention's BlockMask: Dong et al. 2024, §4.1) leaves empty tiles out, looks at the
 * mask in partial ones, and in full ones need not.
 */

export const TILE_SIDES = [16, 32, 64, 128] as const
export type TileSide = (typeof TILE_SIDES)[number]

export interface Tiles {
  side: number
  /** Tiles along one side of the map. */
  across: number
  /** [across, across]: 0 empty, 1 partial, 2 full */
  states: Uint8Array
  full: number
  partial: number
  empty: number
  /** Cells that are readable, and cells in tiles that are not empty. */
  readable: number
  computed: number
}

/** @param cells [T, T], 1 readable */
export function tilesOf(cells: Uint8Array, tokens: number, side: number): Tiles {
  const across = Math.ceil(tokens / side)
  const open = new Uint32Array(across * across)
  for (let q = 0; q < tokens; q++) {
    const row = Math.floor(q / side) * across
    for (let k = 0; k < tokens; k++) {
      if (cells[q * tokens + k]) open[row + Math.floor(k / side)] = (open[row + Math.floor(k / side)] as number) + 1
    }
  }
  const length = (place: number) => Math.min(side, tokens - place * side)
  const tiles: Tiles = {
    ...{ side, across, states: new Uint8Array(across * across) },
    ...{ full: 0, partial: 0, empty: 0, readable: 0, computed: 0 },
  }
  for (let tile = 0; tile < across * across; tile++) {
    const size = length(Math.floor(tile / across)) * length(tile % across)
    const count = open[tile] as number
    tiles.readable += count
    tiles.states[tile] = count === 0 ? 0 : count < size ? 1 : 2
    if (count === 0) tiles.empty++
    else {
      tiles.computed += size
      if (count < size) tiles.partial++
      else tiles.full++
    }
  }
  return tiles
}

/**
 * Of one head: a score and its share of the context take 2 · Dh multiply-adds, so 4 · Dh operations a cell (two products, Vaswani et al.
 * 2017, §3.2.1).
 */
export function flopsOf(cells: number, headWidth: number): number {
  return 4 * headWidth * cells
}

/**
 * Of one head in f32: keys and values that pass through a row of tiles, once for each tile that is not empty. Queries and the context are
 * read and written once, whatever the mask.
 */
export function bytesOf({ side, states, across }: Tiles, tokens: number, headWidth: number): number {
  let keys = 0
  states.forEach((state, tile) => {
    if (state > 0) keys += Math.min(side, tokens - (tile % across) * side)
  })
  return 2 * keys * headWidth * 4
}

/**
 * What our own kernels skip: they look at the mask cell by cell, and leave out only what the model's own band of keys shuts out for a whole
 * block of queries (`window_of`, shaders/attention_scores.wgsl). A mask of bits shuts out no block.
 * @param band how far a query reads, backwards and forwards; null: everywhere
 * @returns cells outside the band
 */
export function skippedCells(tokens: number, band: { back: number; ahead: number } | null): number {
  if (!band) return 0
  let inside = 0
  for (let q = 0; q < tokens; q++) {
    inside += Math.min(tokens - 1, q + band.ahead) - Math.max(0, q - band.back) + 1
  }
  return tokens * tokens - inside
}
