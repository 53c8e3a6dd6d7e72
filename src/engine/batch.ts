/** One forward of several texts: B sequences of T tokens side by side, each with a mask of its own (`Model.batch`). */

import { ClsroomError } from '../core/errors.ts'
import { maskWords } from '../core/mask.ts'
import type { Session, Tensor } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'
import type { BatchInput, Model } from '../models/model.ts'
import { expectFiniteRun } from './finite.ts'
import { capturedHeads, checkLength, integers, layers, said } from './forward.ts'
import type { BackendDescription, BatchRequest, BatchResult } from './protocol.ts'

/** @throws ClsroomError `input` where the request does not fit the model */
export async function runBatch(
  model: Model,
  session: Session,
  request: BatchRequest,
  backend: BackendDescription,
): Promise<BatchResult> {
  const { info } = model
  const batch = model.batch?.bind(model)
  if (!batch) {
    throw new ClsroomError('input', 'The model does not read several texts in one forward', {
      found: info.modelType,
      expected: 'an encoder of text, or a causal decoder',
    })
  }
  const input = checked(model, request)
  const names: string[] = []
  const { arrays, ms, gpuMs, dispatches } = await session.run((ops) => {
    const out = batch(ops, input, {
      mask: request.mask,
      causal: request.causal,
      captureHeads: capturedHeads(info, request.attentions),
    })
    const wanted: [string, Tensor | null][] = [
      ['hidden', out.pooled],
      ...layers('attentions', out.attentions),
      ...Object.entries(out.logits).map(([name, tensor]): [string, Tensor] => [`logits.${name}`, tensor]),
    ]
    const given = wanted.filter((entry): entry is [string, Tensor] => entry[1] !== null)
    names.push(...given.map(([name]) => name))
    return given.map(([, tensor]) => tensor)
  })
  const read = new Map(names.map((name, i) => [name, arrays[i] as NDArray]))
  expectFiniteRun([...read].map(([name, array]) => [said(name === 'hidden' ? `hidden.${info.layers}` : name), array]))
  const logits = Object.fromEntries(
    names.filter((name) => name.startsWith('logits.')).map((name) => [name.slice(7), read.get(name) as NDArray]),
  )
  const { mlm, lm = mlm, ...others } = logits
  return {
    pooled: read.get('hidden') as NDArray,
    ...(request.scored && lm ? { logits: others, losses: losses(lm, request.scored) } : { logits }),
    attentions: Array.from({ length: info.layers }, (_, l) => read.get(`attentions.${l}`) ?? null),
    tokens: input.ids.length,
    ms,
    gpuMs,
    dispatches,
    backend,
  }
}

/** −ln p of tokens at each row. lm [B, M, V]; scored [B, M, S] */
function losses({ dims, data }: NDArray, scored: readonly number[]): NDArray {
  const [B, M, V] = dims as [number, number, number]
  const S = scored.length / (B * M)
  const found = new Float32Array(scored.length)
  for (let row = 0; row < B * M; row++) {
    const said = logSumExp(data, row * V, V)
    for (let s = row * S; s < (row + 1) * S; s++) {
      const token = scored[s] as number
      if (!Number.isInteger(token) || token < 0 || token >= V) {
        throw new ClsroomError('input', 'scored does not fit', {
          found: `${token} at place ${s}`,
          expected: `tokens from 0 to ${V - 1}`,
        })
      }
      found[s] = said - (data[row * V + token] as number)
    }
  }
  return { dims: [B, M, S], data: found }
}

function logSumExp(data: Float32Array, from: number, length: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = from; i < from + length; i++) highest = Math.max(highest, data[i] as number)
  let sum = 0
  for (let i = from; i < from + length; i++) sum += Math.exp((data[i] as number) - highest)
  return highest + Math.log(sum)
}

function checked({ info }: Model, request: BatchRequest): BatchInput {
  const { sequences: B, ids, mask } = request
  const T = ids.length / B
  if (!Number.isInteger(B) || B < 1 || !Number.isInteger(T)) {
    throw new ClsroomError('input', 'inputIds does not fill a batch', {
      found: `${ids.length} tokens in ${B} sequences`,
      expected: 'at least one sequence, and as many tokens in each',
    })
  }
  checkLength(info, T)
  const masked = B * T * maskWords(T)
  if (mask && (mask.layers !== 1 || mask.bits.length !== masked)) {
    throw new ClsroomError('input', 'mask does not fit the batch', {
      found: `${mask.layers} layers, ${mask.bits.length} words`,
      expected: `1 layer, ${masked} words`,
    })
  }
  const M = request.vocabularyRows.length
  if (request.scored && (M === 0 || request.scored.length % M !== 0)) {
    throw new ClsroomError('input', 'scored does not fit', {
      found: `${request.scored.length} tokens`,
      expected: `as many for each of the ${M} vocabulary rows`,
    })
  }
  return {
    sequences: B,
    ids: integers('inputIds', ids, Uint32Array),
    positions: integers('positionIds', request.positions, Uint32Array, B * T),
    segments: integers('tokenTypeIds', request.segments ?? ids.map(() => 0), Uint32Array, B * T),
    pooledRows: rows('pooledRows', request.pooledRows, B),
    vocabularyRows: rows('vocabularyRows', request.vocabularyRows, B),
  }
}

/** As many of every sequence; that each is there is the operations' own check. */
function rows(what: string, wanted: number[], B: number): Uint32Array<ArrayBuffer> {
  if (wanted.length % B === 0) return integers(what, wanted, Uint32Array)
  throw new ClsroomError('input', `${what} does not fit`, {
    found: `${wanted.length} rows`,
    expected: `as many of each of the ${B} sequences`,
  })
}
