/**
 * Memory tokens, memory keys and values, and registers: rows beside the input that differ in who asks, who changes and who reads them.
 *
 * Memory keys and values (Lample et al. 2019, "Augmenting Self-attention with Persistent Memory"; x-transformers' attn_num_mem_kv) are read
 * and never ask. Here they are the trained memory rows put back to their start before every layer: what is read of them is a key and a value
 * that no input changes.
 */

import type { ForwardResult, LoadedModel } from '../../../../engine/protocol.ts'
import type { Engine } from '../../../../state/engine.ts'
import { askedOf } from './asked.ts'
import { memoryOf, withSlots, withWindow } from './doc.ts'
import { statesAt } from './replace.ts'
import { type MemoryRun, runMemory } from './run.ts'

export interface Rows {
  count: number
  width: number
  /** Of the rows with where they started, by layer (0: the start): least, mean and most. */
  cosines: { least: number; mean: number; most: number }[]
  /** What the other rows read of them, by layer, mean of the heads. */
  shares: number[]
}

/** What rows from `first` on come to, and what the others read of them. */
export function rowsOf({ hiddenStates, attentions, tokens }: ForwardResult, first: number, count: number): Rows {
  const D = hiddenStates[0]?.dims.at(-1) ?? 1
  const row = (layer: number, at: number) => hiddenStates[layer]?.data.subarray((first + at) * D, (first + at + 1) * D)
  const rows = Array.from({ length: count }, (_, at) => at)
  const cosines = hiddenStates.map((_, layer) => {
    const all = rows.map((at) => cosine(row(layer, at) ?? [], row(0, at) ?? []))
    return { least: Math.min(...all), mean: all.reduce((sum, one) => sum + one, 0) / count, most: Math.max(...all) }
  })
  const shares = attentions.flatMap((map) =>
    map ? [shareOf(map.data, map.dims[0] as number, tokens, first, count)] : [],
  )
  return { count, width: D, cosines, shares }
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let d = 0; d < a.length; d++) {
    dot += (a[d] as number) * (b[d] as number)
    aa += (a[d] as number) ** 2
    bb += (b[d] as number) ** 2
  }
  return dot / Math.sqrt(aa * bb)
}

/** Of what the other rows read, the share of these; mean of heads and rows. */
function shareOf(map: ArrayLike<number>, heads: number, tokens: number, first: number, count: number): number {
  let sum = 0
  for (let head = 0; head < heads; head++) {
    for (let query = 0; query < tokens; query++) {
      if (query >= first && query < first + count) continue
      for (let at = 0; at < count; at++) sum += map[(head * tokens + query) * tokens + first + at] as number
    }
  }
  return sum / (heads * Math.max(1, tokens - count))
}

/** The shown run with memory that never changes: its own rows, put back to their start before every layer. */
export async function frozen(engine: Pick<Engine, 'forward' | 'weights'>, run: MemoryRun): Promise<MemoryRun> {
  const { layers, width } = run.model.info
  const rows = statesAt(run, 0)
  const slots = Array.from({ length: run.slots }, (_, slot) => slot)
  const memoryStates = {
    layers: Array.from({ length: layers - 1 }, (_, l) => l + 1),
    slots,
    rows: { dims: [run.slots, width], data: rows },
  }
  return runMemory(engine, run.model, run.doc, 0, { memoryStates })
}

export interface Sink {
  id: 'memory' | 'none' | 'twin'
  /** What the rows of the text read of the first of them, and of memory: means of layers, heads and rows. */
  first: number
  memory: number
  /** The word that is asked for, where one is. */
  best: number | null
}

/** Whether the first token's share goes to memory: the shown document with text that reads everywhere, with memory, without, and by the twin. */
export async function sinks(
  engine: Pick<Engine, 'forward' | 'weights'>,
  run: MemoryRun,
  twin: LoadedModel | null,
): Promise<Sink[]> {
  const doc = { ...run.doc, mask: withWindow(run.doc.mask, 0), replaced: null }
  const none = { ...doc, sequence: withSlots(doc.sequence, 0) }
  const found: Sink[] = []
  const add = async (id: Sink['id'], model: LoadedModel, one: MemoryRun['doc']) => {
    const made = await runMemory(engine, model, one, 0)
    found.push({ id, ...firstAndMemory(made), best: askedOf(made)?.best ?? null })
  }
  await add('memory', run.model, doc)
  await add('none', run.model, none)
  if (twin && memoryOf(twin).tokens === 0) await add('twin', twin, { ...none, model: twin.id })
  return found
}

function firstAndMemory({ result, tokens, slots }: MemoryRun): { first: number; memory: number } {
  const all = tokens.length
  let [first, memory, rows] = [0, 0, 0]
  for (const map of result.attentions) {
    if (!map) continue
    for (let row = 0; row < (map.dims[0] as number) * all; row++) {
      if (row % all < slots) continue
      rows++
      first += map.data[row * all + slots] as number
      for (let slot = 0; slot < slots; slot++) memory += map.data[row * all + slot] as number
    }
  }
  return { first: first / Math.max(1, rows), memory: memory / Math.max(1, rows) }
}
