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
  const { arrays, ms, gpuMs } = await session.run((ops) => {
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
  return {
    pooled: read.get('hidden') as NDArray,
    logits: Object.fromEntries(
      names.filter((name) => name.startsWith('logits.')).map((name) => [name.slice(7), read.get(name) as NDArray]),
    ),
    attentions: Array.from({ length: info.layers }, (_, l) => read.get(`attentions.${l}`) ?? null),
    ms,
    gpuMs,
    backend,
  }
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
