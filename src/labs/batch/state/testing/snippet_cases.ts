/**
 * Batches of the embedded models with the collators that the lab gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { readFile } from 'node:fs/promises'
import { maskBit } from '../../../../core/mask.ts'
import type { Piece } from '../../../../core/tokens.ts'
import { runBatch } from '../../../../engine/batch.ts'
import type { BatchRequest } from '../../../../engine/protocol.ts'
import { parseSafetensors } from '../../../../loaders/safetensors.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import { draw } from '../../../../reference/testing/cases.ts'
import { answerPlan } from '../planner_protocol.ts'
import { collatorSnippet } from '../python.ts'
import { runPlan } from '../run.ts'
import type { BatchModel } from '../sequences.ts'
import { type BatchDoc, DOC } from '../settings.ts'

interface BatchSnippetCase {
  name: string
  code: string
  ids: number[]
  positions: number[]
  /** [B, T, T] of 0 and 1; of a decoder without what comes later. */
  readable: number[]
  /** Where each sequence's state is read, [row, position], and that state. */
  places: [number, number][]
  states: number[][]
}

const token = (id: number, label: string, kind: 'cls' | 'sep' | 'mask' | 'pad' | 'bos' | 'eos') => ({ id, label, kind })
const CASES: [name: string, change: Partial<BatchDoc>][] = [
  ['padded-right', { strategy: 'longest' }],
  ['padded-left', { strategy: 'longest', settings: { ...DOC.settings, side: 'left' } }],
  ['packed', { strategy: 'best-fit-decreasing' }],
  ['packed-open', { strategy: 'first-fit', block: false }],
  ['packed-counted', { strategy: 'first-fit', reset: false }],
]

/** @param folder the model's files */
export async function batchSnippetCases(folder: string, id: string): Promise<BatchSnippetCase[]> {
  const file = await readFile(`${folder}/model.safetensors`)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
  const config: unknown = JSON.parse(await readFile(`${folder}/config.json`, 'utf8'))
  const backend = createCpuBackend()
  const model = await createModel(config, parseSafetensors(bytes), backend)
  const session = backend.session()
  const causal = model.info.causal === true
  const known: BatchModel = {
    id,
    causal,
    maxTokens: model.info.maxTokens,
    firstPosition: 0,
    pad: token(0, '[PAD]', 'pad'),
    opening: [causal ? token(1, '<bos>', 'bos') : token(2, '[CLS]', 'cls')],
    closing: [causal ? token(2, '<eos>', 'eos') : token(3, '[SEP]', 'sep')],
    mask: causal ? undefined : token(4, '[MASK]', 'mask'),
  }
  const engine = {
    batch: (request: BatchRequest) => runBatch(model, session, request, { kind: 'cpu', adapter: '', software: true }),
  }
  const found: BatchSnippetCase[] = []
  for (const [name, change] of CASES) {
    const doc = { ...DOC, model: id, ...change }
    doc.settings = { ...doc.settings, capacity: 40, size: 3 }
    const planner = async (request: Parameters<typeof answerPlan>[0]) => answerPlan(request)
    const look = { batch: 0, layer: 0, head: 'mean' as const, tool: '' }
    const run = await runPlan({ engine, planner }, model, known, doc, lines(), look)
    const { assembled, result } = run
    const { width, rows, request, standing } = assembled
    const D = result.pooled.dims.at(-1) as number
    found.push({
      name: `${id}-${name}`,
      code: collatorSnippet(run),
      ids: request.ids,
      positions: request.positions,
      readable: Array.from({ length: rows * width * width }, (_, i) => {
        const [row, k] = [Math.floor(i / width), i % width]
        const open = maskBit(request.mask?.bits as Uint32Array, width, row, k)
        return open && (!causal || k <= row % width) ? 1 : 0
      }),
      places: standing.map(({ row, at, length }) => [row, causal ? at + length - 1 : at]),
      states: standing.map(({ pooled }) => [...result.pooled.data.subarray(pooled * D, (pooled + 1) * D)]),
    })
  }
  return found
}

function lines(): Piece[][] {
  const { below } = draw(1)
  return Array.from({ length: 9 }, () =>
    Array.from({ length: 1 + below(18) }, () => ({ id: 10 + below(3000), label: 'x', text: 'x', start: 0, end: 1 })),
  )
}
