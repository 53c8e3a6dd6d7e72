/**
 * Keys and values of the newest sequence, kept between forwards of a causal decoder (Pope et al. 2023, "Efficiently Scaling Transformer
 * Inference", §3.1): a longer or changed one computes only the rows from the first on that differ. The whole prefix comes with every call, so
 * nobody has to remember what is kept.
 */

import { ClsroomError } from '../core/errors.ts'
import { maskWords } from '../core/mask.ts'
import type { Backend, Session } from '../core/ops.ts'
import { isWriter, type Model, type PackedMask, type Past, type TextInput, type Writer } from '../models/model.ts'
import { commonRows } from './common_rows.ts'
import { runForward } from './forward.ts'
import type { BackendDescription, Extended, ExtendRequest } from './protocol.ts'

/** The room for rows is doubled from here. */
const LEAST_ROOM = 64

export class KeptRows {
  private readonly writer: Extending
  private readonly backend: Backend
  private past: Past | null = null
  private room = 0
  /** What the rows of `past` were computed from; null: they are of no use. */
  private of: ExtendRequest | null = null
  /** One call after another: each begins with what the one before it left. */
  private turn: Promise<unknown> = Promise.resolve()

  /** @throws ClsroomError `input` for a model that does not continue text */
  constructor(model: Model, backend: Backend) {
    this.writer = extending(model)
    this.backend = backend
  }

  /** @throws ClsroomError `input` or `shape` when the request does not fit the model */
  extend(session: Session, request: ExtendRequest, description: BackendDescription): Promise<Extended> {
    const result = this.turn.then(() => this.next(session, request, description))
    this.turn = result.catch(() => {})
    return result
  }

  /** Gives the memory back. */
  forget(): void {
    if (this.past) this.backend.free(this.past.layers)
    this.past = null
    this.of = null
  }

  private async next(session: Session, request: ExtendRequest, description: BackendDescription): Promise<Extended> {
    // What reads ahead has no rows to keep.
    if (request.causal === false) return { ...(await runForward(this.writer, session, request, description)), kept: 0 }
    const T = request.input.ids.length
    const kept = this.of
      ? Math.min(request.known, commonRows(this.of, request, this.writer.info.vocabulary as number), T - 1)
      : 0
    const old = this.past
    const past = old && T <= this.room ? old : this.writer.remember(this.backend, this.roomFor(T), 0)
    this.of = null // until the run has ended well
    try {
      const result = await runForward(this.writer, session, request, description, (ops, input, options) => {
        if (old && past !== old && kept > 0) {
          past.layers.forEach((rows, layer) => {
            ops.keep(rows, old.layers[layer] as Past['layers'][number], 0)
          })
        }
        past.length = kept
        return this.writer.extend(ops, past, rowsFrom(input as TextInput, kept), {
          ...options,
          mask: options.mask && maskFrom(options.mask, kept, T),
        })
      })
      this.of = request
      return { ...result, kept }
    } finally {
      if (past !== old) {
        if (old) this.backend.free(old.layers)
        this.past = past
        this.room = this.roomFor(T)
      }
    }
  }

  private roomFor(tokens: number): number {
    let room = LEAST_ROOM
    while (room < tokens) room *= 2
    return Math.min(room, Math.max(tokens, this.writer.info.maxTokens))
  }
}

type Extending = Writer & { extend: NonNullable<Writer['extend']> }

function extending(model: Model): Extending {
  if (isWriter(model) && model.extend) return model as Extending
  throw new ClsroomError('input', 'This model does not continue text', {
    found: model.info.modelType,
    expected: 'a causal decoder with logits lm, such as gpt2 or llama',
  })
}

/** Start vectors are numbered over the whole sequence, so all of them come along. */
function rowsFrom(input: TextInput, first: number): TextInput {
  const { ids, positions, segments } = input
  return { ...input, ids: ids.slice(first), positions: positions.slice(first), segments: segments.slice(first) }
}

/** @returns bits [Lm, Hm, T − first, ⌈T/32⌉] */
function maskFrom({ bits, layers, heads = 1 }: PackedMask, first: number, T: number): PackedMask {
  const words = maskWords(T)
  const rows = new Uint32Array(layers * heads * (T - first) * words)
  for (let map = 0; map < layers * heads; map++) {
    rows.set(bits.subarray((map * T + first) * words, (map + 1) * T * words), map * (T - first) * words)
  }
  return { bits: rows, layers, heads }
}
