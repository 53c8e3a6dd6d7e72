/** The logit lens: the last layer's norm and the vocabulary's head on what every part of every layer leaves behind. */

import { ClsroomError } from '../core/errors.ts'
import { rankOf, softmax, topK } from '../core/logits.ts'
import type { Backend, Tensor } from '../core/ops.ts'
import type { NDArray } from '../core/shapes.ts'
import type { Model } from '../models/model.ts'
import { expectFiniteRun } from './finite.ts'
import { ablation, soleInput } from './forward.ts'
import type { Lens, LensRequest, OnStep } from './protocol.ts'

/**
 * @param stopped asked before every point
 * @throws ClsroomError `input` where the request does not fit the model
 */
export async function lens(
  model: Model,
  backend: Backend,
  request: LensRequest,
  stopped?: AbortSignal,
  onStep?: OnStep,
): Promise<Lens> {
  const { unembed, row, top } = checked(model, request)
  const session = backend.session()
  try {
    const input = soleInput(model, { ...request.input, mlmRows: [] })
    const { arrays: stream } = await session.run((ops) => {
      const out = model.forward(ops, input, {
        mask: request.mask,
        causal: request.causal,
        ablate: ablation(model.info, request.ablate),
        captureHeads: Array.from({ length: model.info.layers }, () => []),
        stream: true,
      })
      return out.stream as Tensor[]
    })
    const T = request.input.ids.length
    const ids = new Uint32Array(stream.length * T * top)
    const probabilities = new Float32Array(ids.length)
    const ofRow: Float64Array[] = []
    for (const [p, { dims, data }] of stream.entries()) {
      if (stopped?.aborted) throw new ClsroomError('input', 'The lens was stopped')
      onStep?.(p, stream.length)
      const { arrays } = await session.run((ops) => [unembed(ops, ops.input(dims, data))])
      const logits = arrays[0] as NDArray
      expectFiniteRun([['the lm logits', logits]])
      const V = logits.data.length / T
      for (let t = 0; t < T; t++) {
        const said = softmax(logits.data, t * V, V)
        if (t === row) ofRow.push(said)
        topK(said, top).forEach(({ index, value }, k) => {
          ids[(p * T + t) * top + k] = index
          probabilities[(p * T + t) * top + k] = value
        })
      }
    }
    return { points: stream.length, ids, probabilities, followed: followed(ofRow) }
  } finally {
    await session.dispose()
  }
}

/** Every token that is first somewhere, with its rank and probability everywhere. @param said probabilities [V] by point */
function followed(said: readonly Float64Array[]): Lens['followed'] {
  const tokens = [...new Set(said.map((row) => topK(row, 1)[0]?.index as number))]
  return {
    tokens,
    ranks: Uint32Array.from(said.flatMap((row) => tokens.map((token) => rankOf(row, token)))),
    probabilities: Float32Array.from(said.flatMap((row) => tokens.map((token) => row[token] as number))),
  }
}

function checked(model: Model, { input, top, row }: LensRequest) {
  const { unembed, info } = model
  if (!unembed || !info.generates) {
    throw new ClsroomError('input', 'The lens needs a causal decoder with a head over the vocabulary', {
      found: info.modelType,
      expected: 'a model such as gpt2 or llama',
    })
  }
  const T = input.ids.length
  if (!(Number.isInteger(top) && top >= 1 && top <= (info.vocabulary as number))) {
    throw new ClsroomError('input', 'top is out of range', { found: String(top), expected: `1 to ${info.vocabulary}` })
  }
  if (!(Number.isInteger(row) && row >= 0 && row < T)) {
    throw new ClsroomError('input', 'There is no such row', { found: String(row), expected: `0 to ${T - 1}` })
  }
  return { unembed: unembed.bind(model), top, row }
}
