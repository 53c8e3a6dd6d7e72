/** What a model's forward takes, from a sequence. Hiding a token changes nothing here. */

import { ClsroomError } from '../core/errors.ts'
import type { StartVector } from '../core/tokens.ts'
import { type Positions, positionIds, segmentIds } from './numbering.ts'
import { active, type Sequence, type Token } from './token.ts'

interface RunInput {
  /** The token of each row, [T]. */
  keys: number[]
  positions: number[] // [T]
  /** Start vectors of the untrained rows, in the order in which they are numbered. */
  extras: StartVector[]
  /** Keys of the tokens whose position id lay outside the model's table. */
  clamped: number[]
}

export interface TextInput extends RunInput {
  /** [T]; V + e for row e of `extras`. */
  ids: number[]
  segments: number[] // [T]
}

export interface ImageInput extends RunInput {
  /** [T]; p ≥ 0: patch p; −1 − s: row s of [class tokens…, trained registers…, extras…]. */
  sources: number[]
}

/**
 * The input of a text model, for `Ops.embedTokens`.
 * @param model its table sizes V, S and M, as config.json names them
 * @throws ClsroomError `input` when no token is left, or one has neither a vocabulary row nor a start vector
 */
export function textInput(
  sequence: Sequence,
  model: Positions & { vocabSize: number; typeVocabSize: number },
): TextInput {
  const { vocabSize, typeVocabSize } = model
  const { extras, numbers: ids } = numbered(
    sequence,
    (token) => trainedRow(token, vocabSize),
    (extra) => vocabSize + extra,
  )
  return { ...common(sequence, model), ids, segments: segmentIds(sequence, typeVocabSize), extras }
}

/**
 * The input of a ViT, for `Ops.embedPatches`.
 * @param model trained tokens before its patches, and rows of its position table (class tokens + N)
 * @throws ClsroomError `input` when no token is left, or one has neither a patch, a special row nor a start vector
 */
export function imageInput(
  sequence: Sequence,
  model: { classTokens?: number; registers: number; maxPositions: number },
): ImageInput {
  const specials = (model.classTokens ?? 1) + model.registers
  const { extras, numbers: sources } = numbered(
    sequence,
    (token) =>
      token.kind === 'patch' && token.origin.type === 'patch' ? token.origin.patch : -1 - trainedRow(token, specials),
    (extra) => -1 - specials - extra,
  )
  return { ...common(sequence, { maxPositions: model.maxPositions }), sources, extras }
}

/**
 * The input of a model of rows of numbers, without positions.
 * @param classTokens trained tokens before its rows
 * @throws ClsroomError `input` when no token is left, or one has neither a row, a class token nor a start vector
 */
export function rowsInput(sequence: Sequence, classTokens: number): Pick<ImageInput, 'keys' | 'sources' | 'extras'> {
  const { extras, numbers: sources } = numbered(
    sequence,
    (token) =>
      token.kind === 'asset' && token.origin.type === 'row' ? token.origin.row : -1 - trainedRow(token, classTokens),
    (extra) => -1 - classTokens - extra,
  )
  return { keys: active(sequence).map((token) => token.key), sources, extras }
}

function common(sequence: Sequence, positions: Positions) {
  return { keys: active(sequence).map((token) => token.key), ...positionIds(sequence, positions) }
}

/** A number for the embedding of each active token, and the start vectors among them. */
function numbered(
  sequence: Sequence,
  trained: (token: Token) => number,
  untrained: (extra: number) => number,
): { numbers: number[]; extras: StartVector[] } {
  const extras: StartVector[] = []
  const numbers = active(sequence).map((token) =>
    token.start ? untrained(extras.push(token.start) - 1) : trained(token),
  )
  if (numbers.length > 0) return { numbers, extras }
  throw new ClsroomError('input', 'Every token is removed', { advice: 'Restore or insert at least one' })
}

function trainedRow({ id, label }: Token, rows: number): number {
  if (id !== null && id >= 0 && id < rows) return id
  throw new ClsroomError('input', `The model has no embedding for ${label}`, {
    found: id === null ? 'no row' : `row ${id}`,
    expected: `a row from 0 to ${rows - 1}`,
    advice: 'Choose a start vector for it',
  })
}
