/** One forward of the studio's document: the request it makes, and the run that keeps everything it was made of. */

import { ClsroomError } from '../../../core/errors.ts'
import { maskWords } from '../../../core/mask.ts'
import type { ForwardRequest, ForwardResult, LoadedModel, ModelInfo, TextRequest } from '../../../engine/protocol.ts'
import { type Readable, readable, toMask } from '../../../sequence/mask.ts'
import { textInput } from '../../../sequence/run_input.ts'
import { active, isContent, type Sequence, type Token } from '../../../sequence/token.ts'
import { capturePlan } from '../../../state/capture.ts'
import type { Engine } from '../../../state/engine.ts'
import type { MasksDoc } from './doc.ts'

/** A forward with everything it was made of: nothing on screen mixes two runs. */
export interface MasksRun {
  doc: MasksDoc
  /** The rows of the run. */
  tokens: Token[]
  positions: number[]
  segments: number[]
  /** Rows that have a distribution over the vocabulary: all, or where these are too many the [MASK]s and the last word. */
  vocabularyRows: number[]
  request: ForwardRequest & { input: TextRequest; mask: NonNullable<ForwardRequest['mask']> }
  info: ModelInfo
  result: ForwardResult
}

/** Logits of so many words leave the worker with a run: 8 MB. */
const MOST_LOGITS = 2_000_000

/** @throws ClsroomError `input` when the document cannot be run */
export async function runMasks(
  engine: Pick<Engine, 'forward'>,
  model: Pick<LoadedModel, 'id' | 'info'>,
  doc: MasksDoc,
  layer: number,
): Promise<MasksRun> {
  const made = requestOf(model, doc, layer)
  return { doc, ...made, result: await engine.forward(made.request) }
}

/**
 * What a document asks of the engine, and what of it a run keeps.
 * @throws ClsroomError `input` when the document cannot be run
 */
export function requestOf({ id, info }: Pick<LoadedModel, 'id' | 'info'>, doc: MasksDoc, layer: number) {
  const { sequence } = doc
  const tokens = active(sequence)
  if (tokens.length === 0) {
    throw new ClsroomError('input', 'Every token is removed', { advice: 'Restore or insert at least one' })
  }
  const { ids, positions, segments, extras } = textInput(sequence, {
    vocabSize: info.vocabulary ?? 0,
    typeVocabSize: info.segmentTypes ?? 1,
    maxPositions: info.maxTokens,
    paddingIndex: info.paddingIndex,
  })
  const mask = toMask(sequence, doc.mask, info)
  const vocabularyRows = rowsWithWords(info, tokens)
  const request: MasksRun['request'] = {
    model: id,
    input: { kind: 'text', ids, positions, segments, extras, mlmRows: vocabularyRows },
    mask,
    // A decoder's own rule is off where the mask reads ahead; where it does not, the kernel leaves the upper half out.
    ...(info.causal && readsAhead(mask, tokens.length) && { causal: false }),
    capture: { attentions: capturePlan(info, tokens.length, layer), hiddenStates: true, poolings: true },
    ...(!info.causal && { pooledRow: pooledRow(tokens) }),
    contentRows: tokens.map((token) => (isContent(token) && token.status === 'read' ? 1 : 0)),
  }
  return { tokens, positions, segments, vocabularyRows, request, info }
}

/** The row that the pooler reads. */
export function pooledRow(tokens: readonly Token[]): number {
  return Math.max(
    0,
    tokens.findIndex((token) => token.kind === 'cls'),
  )
}

function rowsWithWords({ vocabulary = 0, predictsTokens, generates }: ModelInfo, tokens: readonly Token[]): number[] {
  if (!predictsTokens && !generates) return []
  const all = tokens.map((_, row) => row)
  if (all.length * vocabulary <= MOST_LOGITS) return all
  return all.filter((row) => tokens[row]?.kind === 'mask' || row === lastWord(tokens))
}

/** The row that a decoder is asked to go on from: the last word, or where there is none the last token. */
export function lastWord(tokens: readonly Token[]): number {
  const last = tokens.findLastIndex((token) => isContent(token))
  return last < 0 ? tokens.length - 1 : last
}

/** Whether some query may read what comes after it. */
function readsAhead({ bits, layers, heads = 1 }: MasksRun['request']['mask'], tokens: number): boolean {
  const words = maskWords(tokens)
  for (let row = 0; row < layers * heads * tokens; row++) {
    const query = row % tokens
    for (let word = query >> 5; word < words; word++) {
      // Of the query's own word, the keys after it.
      const ahead = word === query >> 5 ? (0xfffffffe << (query & 31)) >>> 0 : 0xffffffff
      if (((bits[row * words + word] as number) & ahead) !== 0) return true
    }
  }
  return false
}

/** Which keys a query may read: by the document's mask, and within the model's own windows. */
export function mayRead(sequence: Sequence, mask: MasksDoc['mask'], { windows, heads }: ModelInfo): Readable {
  const allowed = readable(sequence, mask, sequence, heads)
  return (layer, query, key, head) =>
    allowed(layer, query, key, head) && Math.abs(query - key) <= (windows?.[layer] ?? Number.POSITIVE_INFINITY)
}

/** A layer's mask, of one head or of what any of them may read. @returns [T, T], 1 readable */
export function cellsOf(read: Readable, tokens: number, layer: number, head: number | 'mean'): Uint8Array {
  const cells = new Uint8Array(tokens * tokens)
  for (let q = 0; q < tokens; q++) {
    for (let k = 0; k < tokens; k++) if (read(layer, q, k, head)) cells[q * tokens + k] = 1
  }
  return cells
}

/** How many cells are readable. */
export function openCells(cells: Uint8Array): number {
  return cells.reduce((sum, cell) => sum + cell, 0)
}

/** Rows that may read nothing. */
export function silentRows(cells: Uint8Array, tokens: number): number[] {
  return Array.from({ length: tokens }, (_, row) => row).filter(
    (row) => !cells.subarray(row * tokens, (row + 1) * tokens).includes(1),
  )
}
