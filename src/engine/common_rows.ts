/** Which first rows of two forwards of a causal decoder are the same, by what they were computed from. Pure: page and worker both ask. */

import { maskWords } from '../core/mask.ts'
import type { PackedMask } from '../models/model.ts'
import type { ForwardRequest, TextRequest } from './protocol.ts'

/** Of a forward, what its rows are computed from. */
export type RowsFrom = Pick<ForwardRequest, 'model' | 'mask' | 'causal' | 'ablate' | 'contentRows'> & {
  input: Pick<TextRequest, 'ids' | 'positions' | 'extras'>
}

/**
 * Row r of a causal stack is made of the tokens up to r, of what each of them may read there, and of the heads that are on. So the rows
 * before the first difference are the same in both; where one reads ahead, none is.
 * @param vocabulary V: ids from there on are start vectors
 */
export function commonRows(a: RowsFrom, b: RowsFrom, vocabulary: number): number {
  if (a.model !== b.model || a.causal === false || b.causal === false) return 0
  if (!isAlike(silenced(a), silenced(b))) return 0
  const most = Math.min(a.input.ids.length, b.input.ids.length)
  const [tokensOfA, tokensOfB] = [tokens(a, vocabulary), tokens(b, vocabulary)]
  let row = 0
  while (row < most && tokensOfA(row) === tokensOfB(row) && sameMaskRow(a, b, row)) row++
  return row
}

function silenced({ ablate = [] }: RowsFrom): string[] {
  return ablate.map(([layer, head]) => `${layer}.${head}`).sort()
}

/** What stands in a row, and at which position. */
function tokens({ input: { ids, positions, extras = [] }, contentRows }: RowsFrom, V: number): (row: number) => string {
  return (row) => {
    const id = ids[row] as number
    const start = extras[id - V]
    // The mean is of all the content there is.
    const content = start?.type === 'mean' ? [ids, contentRows] : []
    return JSON.stringify([positions?.[row] ?? row, start ?? id, ...content])
  }
}

/** Whether a query may read the same of the keys up to its own, in every layer and head. */
function sameMaskRow(
  { mask: a, input: { ids } }: RowsFrom,
  { mask: b, input: { ids: others } }: RowsFrom,
  row: number,
) {
  const layers = Math.max(a?.layers ?? 1, b?.layers ?? 1)
  const heads = Math.max(a?.heads ?? 1, b?.heads ?? 1)
  for (let map = 0; map < layers * heads; map++) {
    const place = { layer: Math.floor(map / heads), head: map % heads, row }
    for (let word = 0; word <= row >> 5; word++) {
      const keys = word < row >> 5 ? ALL : ALL >>> (31 - (row & 31))
      if (((wordOf(a, ids.length, place, word) ^ wordOf(b, others.length, place, word)) & keys) !== 0) return false
    }
  }
  return true
}

const ALL = 0xffffffff

/** 32 keys of one row of a mask; without one, all are readable. */
function wordOf(
  mask: PackedMask | undefined,
  tokens: number,
  { layer, head, row }: { layer: number; head: number; row: number },
  word: number,
): number {
  if (!mask) return ALL
  const { bits, layers, heads = 1 } = mask
  const own = (layers > 1 ? layer * heads : 0) + (heads > 1 ? head : 0)
  return bits[(own * tokens + row) * maskWords(tokens) + word] as number
}

function isAlike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
