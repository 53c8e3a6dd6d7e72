/** One forward of a document: the request it makes, and the run that keeps everything it was made of. Rows that an earlier run has are not computed again. */

import { ClsroomError } from '../../../core/errors.ts'
import type { NDArray } from '../../../core/shapes.ts'
import { commonRows } from '../../../engine/common_rows.ts'
import type { Extended, ForwardRequest, ForwardResult, LoadedModel, TextRequest } from '../../../engine/protocol.ts'
import { type Readable, readable, toMask } from '../../../sequence/mask.ts'
import { textInput } from '../../../sequence/run_input.ts'
import { active, isContent, type Token } from '../../../sequence/token.ts'
import { capturePlan } from '../../../state/capture.ts'
import type { Engine } from '../../../state/engine.ts'
import type { GenerateDoc } from './doc.ts'

/** A forward with everything it was made of: nothing on screen mixes two runs. */
export interface GenerateRun {
  doc: GenerateDoc
  /** The rows of the run. */
  tokens: Token[]
  positions: number[]
  /** Keys of tokens whose position lay outside the model's table. */
  clamped: number[]
  /** Of each row the logits [V] of what follows it. */
  next: readonly Float32Array[]
  /** How many first rows are those of an earlier run: the others were computed in this one. */
  kept: number
  /** Maps [H, T, T] and hidden states [T, D] of all rows; times are of this run alone. */
  result: ForwardResult
  /** What the rows were computed from. */
  request: TextForward
}

type TextForward = ForwardRequest & { input: TextRequest }

/** What a run reads back: every map (or one layer's, where all are too many) with the hidden states; or the logits only. */
export type Capture = { layer: number } | 'answers'

/**
 * @param earlier a run whose rows may be taken over
 * @throws ClsroomError `input` when the document cannot be run
 */
export async function runGenerate(
  engine: Pick<Engine, 'extend'>,
  model: Pick<LoadedModel, 'id' | 'info'>,
  doc: GenerateDoc,
  capture: Capture,
  earlier: GenerateRun | null,
): Promise<GenerateRun> {
  const { request, ...made } = requestOf(model, doc, capture)
  const known = earlier ? knownRows(earlier.request, request, model.info.vocabulary ?? 0) : 0
  if (earlier && known === made.tokens.length) {
    return { doc, ...made, request, next: earlier.next.slice(0, known), kept: known, result: firstRows(earlier, known) }
  }
  const part = await engine.extend({ ...request, known })
  const next = [...(earlier?.next.slice(0, part.kept) ?? []), ...rowsOf(part.logits.lm as NDArray)]
  return { doc, ...made, request, next, kept: part.kept, result: joined(earlier, part) }
}

/** The same without any map, all of it computed, and nothing of what the shown run keeps is touched: what tools ask beside it. */
export async function answersOf(
  engine: Pick<Engine, 'forward'>,
  model: Pick<LoadedModel, 'id' | 'info'>,
  doc: GenerateDoc,
  capture: Capture = 'answers',
): Promise<GenerateRun> {
  const { request, ...made } = requestOf(model, doc, capture)
  const result = await engine.forward(request)
  return { doc, ...made, request, next: rowsOf(result.logits.lm as NDArray), kept: 0, result }
}

/** Which keys a query may read. */
export function mayRead({ doc, result }: Pick<GenerateRun, 'doc' | 'result'>): Readable {
  return readable(doc.sequence, doc.mask, doc.sequence, result.attentions.find(Boolean)?.dims[0])
}

/**
 * What a document asks of the engine, and what of it a run keeps.
 * @throws ClsroomError `input` when the document cannot be run
 */
export function requestOf({ id, info }: Pick<LoadedModel, 'id' | 'info'>, doc: GenerateDoc, capture: Capture) {
  const { sequence } = doc
  if (active(sequence).length === 0) {
    throw new ClsroomError('input', 'There is nothing to go on from', {
      found: 'no token',
      expected: 'at least one',
      advice: 'Type a first word, or insert a token',
    })
  }
  const input = textInput(sequence, {
    vocabSize: info.vocabulary ?? 0,
    typeVocabSize: info.segmentTypes ?? 1,
    maxPositions: info.maxTokens,
  })
  const tokens = active(sequence)
  const causal = !readsAhead(doc)
  const request: TextForward = {
    model: id,
    input: { kind: 'text', ids: input.ids, positions: input.positions, extras: input.extras },
    ...(!isPlain(doc) && { mask: toMask(sequence, doc.mask, info) }),
    ...(!causal && { causal }),
    ablate: doc.ablated,
    capture:
      capture === 'answers'
        ? { attentions: false, hiddenStates: false }
        : { attentions: capturePlan(info, tokens.length, capture.layer), hiddenStates: true },
    contentRows: tokens.map((token) => (isContent(token) && token.status === 'read' ? 1 : 0)),
  }
  return { request, tokens, positions: input.positions, clamped: input.clamped }
}

/** Whether some query may read what comes after it: the decoder's own rule is off then, and every row depends on every other. */
export function readsAhead({ sequence, mask }: Pick<GenerateDoc, 'sequence' | 'mask'>): boolean {
  const isCausal = !mask.inverted && mask.rules.some(({ type, layers }) => type === 'causal' && !layers)
  if (!isCausal) return true
  const rows = new Map(active(sequence).map(({ key }, row) => [key, row]))
  return mask.paint.some(
    ({ query, key, readable }) => readable && (rows.get(key) ?? -1) > (rows.get(query) ?? Number.POSITIVE_INFINITY),
  )
}

/** Whether the mask is the decoder's own: then there is none to make and to send. */
export function isPlain({ sequence, mask }: GenerateDoc): boolean {
  const isUsual = ({ type, layers }: (typeof mask.rules)[number]) =>
    type === 'padding' || (type === 'causal' && !layers)
  return (
    !readsAhead({ sequence, mask }) &&
    mask.rules.every(isUsual) &&
    mask.paint.length === 0 &&
    active(sequence).every(({ kind, status }) => kind !== 'pad' && status === 'read')
  )
}

/** Rows that a run has and another one would compute again; none where it read back other maps. */
function knownRows(has: TextForward, wants: TextForward, vocabulary: number): number {
  if (JSON.stringify(has.capture) !== JSON.stringify(wants.capture)) return 0
  return commonRows(has, wants, vocabulary)
}

function rowsOf({ dims, data }: NDArray): Float32Array[] {
  const [rows, width] = dims as [number, number]
  return Array.from({ length: rows }, (_, row) => data.subarray(row * width, (row + 1) * width))
}

/** The first rows of a run, as a run of their own. */
function firstRows({ result }: GenerateRun, count: number): ForwardResult {
  const none = { dims: [0, 0], data: new Float32Array() }
  const part = { kept: count, tokens: count, ms: 0, dispatches: 0, backend: result.backend, poolings: {}, logits: {} }
  return {
    ...part,
    attentions: result.attentions.map((map) => map && withRows(map, null, count, count)),
    hiddenStates: result.hiddenStates.map((states) => joinedStates(states, none, count)),
  }
}

/** All rows: those that were kept from the earlier run, and those that were computed. */
function joined(earlier: GenerateRun | null, part: Extended): ForwardResult {
  const { kept, tokens, logits: _, ...rest } = part
  return {
    ...rest,
    tokens,
    logits: {},
    attentions: part.attentions.map(
      (map, layer) => map && withRows(earlier?.result.attentions[layer] ?? null, map, kept, tokens),
    ),
    hiddenStates: part.hiddenStates.map((states, layer) =>
      kept === 0 ? states : joinedStates(earlier?.result.hiddenStates[layer] as NDArray, states, kept),
    ),
  }
}

/** A map [H, T, T] of the first `kept` queries of one map and the queries of another; nobody reads what came after. */
function withRows(before: NDArray | null, after: NDArray | null, kept: number, T: number): NDArray {
  if (kept === 0 && after) return after
  const H = (before ?? after)?.dims[0] as number
  const data = new Float32Array(H * T * T)
  const width = before?.dims[2] ?? 0
  const added = T - kept
  for (let head = 0; head < H; head++) {
    for (let row = 0; row < kept; row++) {
      const from = (head * width + row) * width
      data.set((before as NDArray).data.subarray(from, from + Math.min(width, T)), (head * T + row) * T)
    }
    if (after && added > 0) {
      data.set(after.data.subarray(head * added * T, (head + 1) * added * T), (head * T + kept) * T)
    }
  }
  return { dims: [H, T, T], data }
}

function joinedStates(before: NDArray, after: NDArray, kept: number): NDArray {
  const D = before.dims[1] as number
  const added = after.dims[0] as number
  const data = new Float32Array((kept + added) * D)
  data.set(before.data.subarray(0, kept * D))
  data.set(after.data, kept * D)
  return { dims: [kept + added, D], data }
}
