/** The shipped graphs hold no weights: each tensor of theirs must lie where the model's own file has it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const MODELS = 'public/models'

/** The fields of a protobuf message: numbers, or bytes of strings and messages inside. */
function* fields(message: Buffer): Generator<[field: number, value: number | Buffer]> {
  let at = 0
  const varint = () => {
    let value = 0
    for (let power = 1; ; power *= 128) {
      const byte = message[at++] as number
      value += (byte & 127) * power
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const wire = tag & 7
    if (wire === 0) yield [tag >> 3, varint()]
    else {
      const length = wire === 2 ? varint() : wire === 5 ? 4 : 8
      yield [tag >> 3, message.subarray(at, at + length)]
      at += length
    }
  }
}

const inside = (message: Buffer, field: number) =>
  [...fields(message)].flatMap(([number, value]) => (number === field && Buffer.isBuffer(value) ? [value] : []))

/** Place of each external tensor of a graph, by name (onnx.proto3: ModelProto.graph 7, GraphProto.initializer 5, TensorProto.name 8, external_data 13). */
function external(model: Buffer): Record<string, { location: string; offset: number; length: number }> {
  const tensors = inside(model, 7).flatMap((graph) => inside(graph, 5))
  return Object.fromEntries(
    tensors.flatMap((tensor) => {
      const data = Object.fromEntries(
        inside(tensor, 13).map((entry) => [String(inside(entry, 1)[0]), String(inside(entry, 2)[0])]),
      )
      const { location } = data
      const place = location && { location, offset: Number(data.offset), length: Number(data.length) }
      return place ? [[String(inside(tensor, 8)[0]), place]] : []
    }),
  )
}

/** Those whose runs a graph can follow: encoders that answer once. */
const FOLLOWED = readdirSync(MODELS).filter((name) => {
  const config = `${MODELS}/${name}/config.json`
  return existsSync(config) && ['bert', 'vit'].includes(JSON.parse(readFileSync(config, 'utf8')).model_type)
})

describe.each(FOLLOWED)('%s', (name) => {
  it('every tensor of the graph lies where the weights have it, and none is missing', () => {
    const weights = readFileSync(`${MODELS}/${name}/model.safetensors`)
    const length = Number(weights.readBigUInt64LE(0))
    const header: Record<string, { dtype: string; data_offsets: [number, number] }> = JSON.parse(
      weights.toString('utf8', 8, 8 + length),
    )
    const stored = Object.entries(header).filter(([key]) => key !== '__metadata__')
    expect(stored.every(([, { dtype }]) => dtype === 'F16')).toBe(true)
    expect(external(readFileSync(`${MODELS}/${name}/onnx/model.onnx`))).toEqual(
      Object.fromEntries(
        stored.map(
          ([
            key,
            {
              data_offsets: [from, to],
            },
          ]) => [key, { location: 'model.safetensors', offset: 8 + length + from, length: to - from }],
        ),
      ),
    )
  })
})
