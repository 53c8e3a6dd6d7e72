/** One forward of a text document: the request it makes, and the run that keeps everything it was made of. */

import type { ForwardRequest, ForwardResult, LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import { type Readable, readable, toMask } from '../../../sequence/mask.ts'
import { textInput } from '../../../sequence/run_input.ts'
import { active, isContent, type Token } from '../../../sequence/token.ts'
import { capturePlan } from '../../../state/capture.ts'
import type { Engine } from '../../../state/engine.ts'
import type { TextDoc } from './doc.ts'

/** A forward with everything it was made of: nothing on screen mixes two runs. */
export interface TextRun {
  doc: TextDoc
  /** The rows of the run. */
  tokens: Token[]
  positions: number[]
  segments: number[]
  /** Keys of tokens whose position lay outside the model's table. */
  clamped: number[]
  /** Rows that have vocabulary logits: every [MASK], and every content token that something replaced. */
  mlmRows: number[]
  /** The row that the pooler read. */
  pooledRow: number
  /** How far each layer of the model reads; absent: everywhere (`ModelInfo.windows`). */
  windows?: ModelInfo['windows']
  /** Of each of its layers. */
  heads: number
  result: ForwardResult
}

/** What a run reads back: every map (or one layer's, where all are too many) with the hidden states; the answers only; or these with the hidden states. */
export type Capture = { layer: number } | 'answers' | 'states'

/** @throws ClsroomError `input` when the document cannot be run */
export async function runText(
  engine: Pick<Engine, 'forward'>,
  model: Pick<LoadedModel, 'id' | 'info'>,
  doc: TextDoc,
  capture: Capture,
): Promise<TextRun> {
  const { request, ...made } = textRequest(model, doc, capture)
  return { doc, ...made, result: await engine.forward(request) }
}

/** Which keys a query may read: by the document's mask, and within the model's own windows. */
export function mayRead({ doc, windows, heads }: Pick<TextRun, 'doc' | 'windows' | 'heads'>): Readable {
  const allowed = readable(doc.sequence, doc.mask, doc.sequence, heads)
  return (layer, query, key, head) =>
    allowed(layer, query, key, head) && Math.abs(query - key) <= (windows?.[layer] ?? Number.POSITIVE_INFINITY)
}

/**
 * What a document asks of the engine, and what of it a run keeps.
 * @throws ClsroomError `input` when the document cannot be run
 */
export function textRequest({ id, info }: Pick<LoadedModel, 'id' | 'info'>, doc: TextDoc, capture: Capture) {
  const { sequence } = doc
  const input = textInput(sequence, {
    vocabSize: info.vocabulary ?? 0,
    typeVocabSize: info.segmentTypes ?? 1,
    maxPositions: info.maxTokens,
    paddingIndex: info.paddingIndex,
  })
  const tokens = active(sequence)
  const mlmRows = tokens.flatMap((token, row) => (isPredicted(token) ? [row] : []))
  const pooledRow = Math.max(
    0,
    tokens.findIndex((token) => token.kind === 'cls'),
  )
  const request = {
    model: id,
    input: {
      kind: 'text' as const,
      ids: input.ids,
      positions: input.positions,
      segments: input.segments,
      extras: input.extras,
      mlmRows,
    },
    mask: toMask(sequence, doc.mask, info),
    ablate: doc.ablated,
    capture:
      typeof capture === 'string'
        ? { attentions: false, hiddenStates: capture === 'states' }
        : { attentions: capturePlan(info, tokens.length, capture.layer), hiddenStates: true, poolings: true },
    pooledRow,
    contentRows: tokens.map((token) => (isContent(token) && token.status === 'read' ? 1 : 0)),
  } satisfies ForwardRequest
  const { positions, segments, clamped } = input
  return { request, tokens, positions, segments, clamped, mlmRows, pooledRow, windows: info.windows, heads: info.heads }
}

function isPredicted(token: Token): boolean {
  return token.kind === 'mask' || (token.original !== undefined && isContent(token.original))
}
