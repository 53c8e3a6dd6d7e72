/** What the board shows of a run: the mask, its tiles, its reach, or two masks at once. */

import type { Readable } from '../../sequence/mask.ts'
import type { MasksLook } from './state/look.ts'
import { anyHead, firstReach, reachByLayer } from './state/reach.ts'
import { cellsOf, type MasksRun, mayRead } from './state/run.ts'
import { tilesOf } from './state/tiles.ts'

export type BoardMode = 'mask' | 'reach' | 'tiles' | 'pair'

/** A tool that shows something of its own on the board. */
export function boardMode(tool: string, pinned: boolean): BoardMode {
  if (tool === 'reach' || tool === 'tiles') return tool
  return tool === 'compare' && pinned ? 'pair' : 'mask'
}

/** 0 closed, 1 readable, + 2 where it was painted by hand. @param cells [T, T], 1 readable */
export function maskCodes(run: MasksRun, cells: Uint8Array, layer: number): Uint8Array {
  const T = run.tokens.length
  const codes = new Uint8Array(cells)
  const rows = new Map(run.tokens.map(({ key }, row) => [key, row]))
  for (const cell of run.doc.mask.paint) {
    const [q, k] = [rows.get(cell.query), rows.get(cell.key)]
    if (q === undefined || k === undefined || (cell.layer !== 'all' && cell.layer !== layer)) continue
    codes[q * T + k] = (codes[q * T + k] as number) | 2
  }
  return codes
}

/** How many layers each input takes to each row; later than `after` counts as never. @returns [T, T], 0 … L, L + 1 for never */
export function reachCodes(run: MasksRun, after: number): Uint8Array {
  const T = run.tokens.length
  const first = firstReach(reachByLayer(anyHead(run.request.mask, run.info, T), T), T)
  const never = run.info.layers + 1
  return first.map((step) => (step > after ? never : step))
}

/** 2 · state of its tile + readable. */
export function tileCodes(cells: Uint8Array, T: number, side: number): Uint8Array {
  const { states, across } = tilesOf(cells, T, side)
  return cells.map((open, i) => {
    const tile = Math.floor(Math.floor(i / T) / side) * across + Math.floor((i % T) / side)
    return 2 * (states[tile] as number) + open
  })
}

/** 0 neither mask reads, 1 both, 2 the first alone, 3 the second alone; tokens are paired by key, one that only one has reads nothing there. */
export function pairCodes(
  first: MasksRun,
  second: MasksRun,
  { layer, head }: Pick<MasksLook, 'layer' | 'head'>,
): Uint8Array {
  const T = second.tokens.length
  const [before, now] = [first, second].map((run) => mayRead(run.doc.sequence, run.doc.mask, run.info)) as [
    Readable,
    Readable,
  ]
  const rows = new Map(first.tokens.map(({ key }, row) => [key, row]))
  const home = second.tokens.map(({ key }) => rows.get(key))
  const cells = cellsOf(now, T, layer, head)
  return cells.map((open, i) => {
    const [q, k] = [home[Math.floor(i / T)], home[i % T]]
    const was = q !== undefined && k !== undefined && before(layer, q, k, head)
    if (was) return open ? 1 : 2
    return open ? 3 : 0
  })
}
