/** Which targets count: the usual mistakes as switches, on the losses of one run. */

import type { Engine } from '../../../../state/engine.ts'
import { type Assembled, assemble } from '../assemble.ts'
import type { BatchModel, Token, TokenSequence } from '../sequences.ts'
import type { LossRules } from '../settings.ts'

/** One row of a sequence: what it reads, and what it may have to say. */
export interface LossRow {
  input: Token
  /** −ln p of the next token and of its own; NaN where there is none behind the row. */
  next: number
  own: number
}

/** The sequences of the table, padded on the right to the longest. */
export interface LossRows {
  rows: LossRow[][]
  /** Tokens of each, without PAD. */
  lengths: number[]
  pad: Token
  end: Token
}

/** What a run has of the batch on screen. */
interface LossBatch {
  model: BatchModel
  sequences: readonly TokenSequence[]
  assembled: Assembled
}

/** More would be a long table. */
const MOST = 4

/** One forward; the losses of both possible targets of every row. @returns null where the model ends nothing */
export async function lossRows(
  engine: Pick<Engine, 'batch'>,
  { model, sequences, assembled: shown }: LossBatch,
): Promise<LossRows | null> {
  const end = model.closing.at(-1)
  if (!model.causal || !end) return null
  const chosen = shown.standing
    .slice(0, MOST)
    .map(({ sequence }) => ended(sequences[sequence] as TokenSequence, end, model.maxTokens))
  const width = Math.max(...chosen.map(({ tokens }) => tokens.length))
  const assembled = assemble(model, { width, rows: chosen.map((_, sequence) => [{ sequence, at: 0 }]) }, chosen, {
    block: true,
    reset: true,
  })
  const { ids } = assembled.request
  const every = chosen.flatMap(() => Array.from({ length: width }, (_, t) => t))
  const { losses } = await engine.batch({
    ...assembled.request,
    pooledRows: chosen.map(() => 0),
    vocabularyRows: every,
    // Behind the last row there is no next token: its own stands in, and is not read.
    scored: ids.flatMap((id, i) => [(i + 1) % width === 0 ? id : (ids[i + 1] as number), id]),
    attentions: false,
  })
  if (!losses) return null
  return {
    rows: chosen.map((_, s) =>
      Array.from({ length: width }, (__, t) => {
        const i = s * width + t
        return {
          input: assembled.tokens[i] as Token,
          next: t === width - 1 ? Number.NaN : (losses.data[2 * i] as number),
          own: losses.data[2 * i + 1] as number,
        }
      }),
    ),
    lengths: chosen.map(({ tokens }) => tokens.length),
    pad: model.pad,
    end,
  }
}

/** The last place is the end's, whatever was cut or left open. */
function ended(sequence: TokenSequence, end: Token, maxTokens: number): TokenSequence {
  if (sequence.tokens.at(-1)?.id === end.id) return sequence
  return { ...sequence, tokens: [...sequence.tokens.slice(0, maxTokens - 1), end] }
}

export interface WeighedRow {
  input: Token
  target: Token | null
  weight: 0 | 1
  loss: number
  /** An end token that does not count because it looks like PAD. */
  lost: boolean
}

/** What counts under these rules. */
export function weigh({ rows, lengths, pad, end }: LossRows, rules: LossRules): WeighedRow[][] {
  const padId = rules.padIsEnd ? end.id : pad.id
  const padded = (token: Token, isPad: boolean): Token => (isPad && rules.padIsEnd ? { ...end, kind: 'pad' } : token)
  return rows.map((row, s) => {
    const length = lengths[s] as number
    return row.map(({ input, next, own }, t) => {
      const at = rules.shift ? t + 1 : t
      const raw = rules.shift ? row[t + 1]?.input : input
      const target = raw ? padded(raw, at >= length) : null
      const isPad = at >= length
      const left = rules.byId ? target?.id === padId : isPad
      const counts = target !== null && !left && at >= rules.prompt
      return {
        input: padded(input, t >= length),
        target,
        weight: counts ? 1 : 0,
        loss: rules.shift ? next : own,
        lost: target !== null && !isPad && rules.byId && target.id === padId,
      }
    })
  })
}

export interface LossFacts {
  /** NaN where nothing counts. */
  loss: number
  counted: number
  /** End tokens that do not count, of all. */
  lostEnds: number
  ends: number
}

export function lossOf(weighed: readonly (readonly WeighedRow[])[], { perToken }: LossRules): LossFacts {
  const sums = weighed.map((row) => ({
    sum: row.reduce((sum, { loss, weight }) => sum + (weight === 1 ? loss : 0), 0),
    counted: row.filter(({ weight }) => weight === 1).length,
  }))
  const counting = sums.filter(({ counted }) => counted > 0)
  const counted = sums.reduce((sum, one) => sum + one.counted, 0)
  const whole = sums.reduce((sum, one) => sum + one.sum, 0) / counted
  const means = counting.reduce((sum, one) => sum + one.sum / one.counted, 0) / counting.length
  return {
    loss: perToken ? whole : means,
    counted,
    lostEnds: weighed.flat().filter(({ lost }) => lost).length,
    ends: weighed.length,
  }
}
