/** One run through both engines: the same inputs, the numbers beside each other, the time of each. */

import { ClsroomError } from '../../../core/errors.ts'
import type { ForwardResult, LoadedModel, SoleRequest } from '../../../engine/protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import { askSecond } from './client.ts'
import { differences, type HeadDifference } from './differences.ts'
import { keyMask } from './followed.ts'
import { type OpinionRequest, RUNS } from './protocol.ts'

export interface Comparison {
  heads: HeadDifference[]
  /** The best of RUNS each, after one that does not count. */
  ourMs: number
  theirMs: number
  bytes: number
}

/**
 * @param request that a graph can follow
 * @param tokens T
 * @throws ClsroomError where the second engine has no graph, or shares no head with ours
 */
export async function compareEngines(
  engine: Pick<Engine, 'forward'>,
  model: LoadedModel,
  request: SoleRequest,
  tokens: number,
  signal: AbortSignal,
): Promise<Comparison> {
  const opinion = await askSecond(
    { address: addressOf(model), sharesWeights: model.source === 'embedded', ...inputsOf(request, tokens) },
    signal,
  )
  const first = await engine.forward({ ...request, capture: { attentions: false, hiddenStates: true } })
  let ourMs = Number.POSITIVE_INFINITY
  for (let run = 0; run < RUNS && !signal.aborted; run++) {
    ourMs = Math.min(ourMs, (await engine.forward(request)).ms)
  }
  const heads = differences(numbersOf(first, request), opinion.outputs)
  if (heads.length === 0) {
    throw new ClsroomError('input', 'The two engines have no head in common', {
      found: Object.keys(opinion.outputs).join(', '),
      expected: Object.keys(first.logits).join(', '),
    })
  }
  return { heads, ourMs, theirMs: opinion.ms, bytes: opinion.bytes }
}

/** The logits; of a text model its last hidden state, too, which is all that an encoder without heads gives. */
function numbersOf({ logits, hiddenStates }: ForwardResult, { input }: SoleRequest) {
  const last = hiddenStates.at(-1)
  return input.kind === 'text' && last ? { ...logits, last_hidden_state: last } : logits
}

/** The folder that the library reads. @throws ClsroomError for models whose files have no address */
function addressOf({ id, source, address }: LoadedModel): string {
  if (address !== undefined) return address
  if (source !== 'hub') {
    throw new ClsroomError('input', 'The second engine reads models by address, and this one came as files', {
      advice: 'Choose a model of the page or of the hub',
    })
  }
  const [name, revision = 'main'] = id.split('@')
  return `https://huggingface.co/${name}/resolve/${encodeURIComponent(revision)}/`
}

/** A request as transformers names it. @throws Error for one that a graph cannot follow */
export function inputsOf({ input, mask }: SoleRequest, tokens: number): Pick<OpinionRequest, 'inputs' | 'optional'> {
  if (input.kind === 'image') {
    const { dims, data } = input.pixels
    return { inputs: { pixel_values: { type: 'float32', dims: [1, ...dims], data } }, optional: [] }
  }
  const order = Array.from({ length: tokens }, (_, row) => row)
  const all = mask ? keyMask(mask, tokens) : order.map(() => 1)
  if (typeof all === 'string') throw new Error(`a graph cannot follow ${all}`)
  const rows = {
    input_ids: input.ids,
    attention_mask: all,
    token_type_ids: input.segments ?? order.map(() => 0),
    position_ids: input.positions ?? order,
  }
  const plain = {
    attention_mask: !all.includes(0),
    token_type_ids: rows.token_type_ids.every((segment) => segment === 0),
    position_ids: rows.position_ids.every((position, row) => position === row),
  }
  return {
    inputs: Object.fromEntries(
      Object.entries(rows).map(([name, data]) => [name, { type: 'int64' as const, dims: [1, tokens], data }]),
    ),
    optional: Object.entries(plain).flatMap(([name, says]) => (says ? [name] : [])),
  }
}
