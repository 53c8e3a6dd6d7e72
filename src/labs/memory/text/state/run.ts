/** One forward of a memory document: the request it makes, and the run that keeps everything it was made of. */

import { normal } from '../../../../core/random.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import type { StartVector } from '../../../../core/tokens.ts'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../../engine/protocol.ts'
import { type Readable, readable, toMask } from '../../../../sequence/mask.ts'
import { textInput } from '../../../../sequence/run_input.ts'
import { active, type Token } from '../../../../sequence/token.ts'
import { capturePlan } from '../../../../state/capture.ts'
import type { Engine } from '../../../../state/engine.ts'
import { isAsked, type MemoryDoc, memoryOf, slotsOf, textOf } from './doc.ts'

export type Runner = Pick<Engine, 'forward' | 'weights'>

/** A forward with everything it was made of: nothing on screen mixes two runs. */
export interface MemoryRun {
  model: LoadedModel
  doc: MemoryDoc
  /** The rows of the run: memory, then text. */
  tokens: Token[]
  /** How many of them are memory. */
  slots: number
  /** −1: memory has no position. */
  positions: number[]
  segments: number[]
  /** Rows of the text, counted from its first, that have vocabulary logits. */
  mlmRows: number[]
  result: ForwardResult
}

/** @throws ClsroomError `input` when the document cannot be run */
export async function runMemory(
  engine: Runner,
  model: LoadedModel,
  doc: MemoryDoc,
  layer: number,
  capture: Partial<ForwardRequest['capture']> = {},
): Promise<MemoryRun> {
  const { id, info } = model
  const text = textInput(textOf(doc.sequence), {
    vocabSize: info.vocabulary ?? 0,
    typeVocabSize: info.segmentTypes ?? 1,
    maxPositions: info.maxTokens,
  })
  const memory = slotsOf(doc.sequence)
  const words = active(textOf(doc.sequence))
  const tokens = [...memory, ...words]
  const mlmRows = words.flatMap((token, row) => (isAsked(token) ? [row] : []))
  const result = await engine.forward({
    model: id,
    input: {
      kind: 'text',
      ids: text.ids,
      positions: text.positions,
      segments: text.segments,
      extras: text.extras,
      mlmRows,
      ...(!asTrained(memory, memoryOf(model).tokens) && { memory: await memoryRows(engine, model, memory) }),
    },
    mask: toMask(doc.sequence, doc.mask, info.layers),
    ablate: doc.ablated,
    pooledRow: Math.max(
      0,
      words.findIndex(({ kind }) => kind === 'cls'),
    ),
    capture: { attentions: capturePlan(info, tokens.length, layer), hiddenStates: true, ...capture },
  })
  return {
    model,
    doc,
    tokens,
    slots: memory.length,
    positions: [...memory.map(() => -1), ...text.positions],
    segments: [...memory.map(() => 0), ...text.segments],
    mlmRows,
    result,
  }
}

/** Which keys a query may read: by the document's mask, and as the model's variant has it. */
export function mayRead({ doc, model, slots }: Pick<MemoryRun, 'doc' | 'model' | 'slots'>): Readable {
  const allowed = readable(doc.sequence, doc.mask)
  const { variant } = memoryOf(model)
  if (variant !== 'membottleneck') return allowed
  return (layer, query, key) => allowed(layer, query, key) && (query < slots || key < slots)
}

/** The engine has the trained rows. */
function asTrained(memory: readonly Token[], trained: number): boolean {
  return memory.length === trained && memory.every(({ id, start }, slot) => id === slot && !start)
}

/** What each memory token starts from [M, D]. */
async function memoryRows(engine: Runner, { id, info }: LoadedModel, memory: readonly Token[]): Promise<NDArray> {
  const D = info.width
  const trained =
    memoryOf({ info }).tokens > 0 ? await engine.weights(id, 'memory') : { dims: [0, D], data: new Float32Array() }
  const data = new Float32Array(memory.length * D)
  memory.forEach((token, row) => {
    data.set(rowOf(trained, token, D), row * D)
  })
  return { dims: [memory.length, D], data }
}

function rowOf({ data }: NDArray, { id, start }: Token, D: number): Float32Array {
  const rows = data.length / D
  if (start) return startOf(start, data as Float32Array, rows, D)
  if (id === null || id >= rows) return new Float32Array(D)
  return data.subarray(id * D, (id + 1) * D) as Float32Array
}

/** Of memory `copy` and `mean` are of the trained memory rows. */
function startOf(start: StartVector, data: Float32Array, rows: number, D: number): Float32Array {
  switch (start.type) {
    case 'zeros':
      return new Float32Array(D)
    case 'normal': {
      const next = normal(start.seed)
      return Float32Array.from({ length: D }, () => start.std * next())
    }
    case 'copy':
      return Float32Array.from({ length: D }, (_, d) => start.scale * (data[start.of * D + d] ?? 0))
    case 'mean':
      return Float32Array.from({ length: D }, (_, d) => {
        let sum = 0
        for (let row = 0; row < rows; row++) sum += data[row * D + d] as number
        return rows > 0 ? sum / rows : 0
      })
  }
}

/** How many cells of a layer's mask are open, by who reads whom. */
export function openCells(run: MemoryRun, layer: number) {
  const may = mayRead(run)
  const [M, all] = [run.slots, run.tokens.length]
  const counted = { 'memory-memory': 0, 'memory-text': 0, 'text-memory': 0, 'text-text': 0 }
  for (let query = 0; query < all; query++) {
    for (let key = 0; key < all; key++) {
      if (may(layer, query, key)) counted[`${query < M ? 'memory' : 'text'}-${key < M ? 'memory' : 'text'}`]++
    }
  }
  return counted
}
