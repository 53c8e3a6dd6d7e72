/**
 * Our engine under Dawn in Node beside onnxruntime-node's WebGPU, on the same adapter: `node bench/peers/node.mjs [rounds] [name …]`.
 * bench/peers.mjs runs it where `npm install --prefix .cache/peers --no-save onnxruntime-node` has put the library.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { median } from '../median.mjs'
import { captured, openEngine } from '../node/engine.mjs'
import { FARTHEST, isShipped, MODELS, ONNX } from './models.mjs'

const ROUNDS = Number(process.argv[2] ?? 9)
const ASKED = process.argv.slice(3)

const engine = await openEngine()
const ort = createRequire(resolve('.cache/peers/package.json'))('onnxruntime-node')
const { software, vendor, architecture } = engine.gpu.adapter
console.log(`Node, ${vendor} ${architecture}; medians of ${ROUNDS} interleaved rounds after two warm-ups`)

for (const model of MODELS) {
  if (ASKED.length > 0 ? !ASKED.includes(model.name) : software && model.large) continue
  for (const maps of [false, true]) await compare(model, maps)
}
await engine.close()
process.exit(0)

async function compare({ name, tokens, side, words, head }, maps) {
  const folder = isShipped(name) ? `public/models/${name}` : `${ONNX}/${name}`
  const config = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'))
  const model = await engine.build(config, engine.weightsIn(`${folder}/model.safetensors`))
  const scattered = (count, most) => Array.from({ length: count }, (_, i) => (i * 7919) % most)
  const ids = tokens && scattered(tokens, words).map((word) => word + 5)
  const pixels = side && Float32Array.from(scattered(3 * side * side, 200), (value) => value / 100 - 1)
  const given = ids ? { kind: 'text', ids } : { kind: 'image', pixels: { dims: [3, side, side], data: pixels } }
  const input = engine.inputOf(model, given)
  const long = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
  const theirs = ids
    ? { ids: long(ids), segments: long(ids.map(() => 0)) }
    : { pixels: new ort.Tensor('float32', pixels, [1, 3, side, side]) }

  const session = engine.backend.session()
  const peer = await ort.InferenceSession.create(`${ONNX}/${name}${maps ? '-maps' : ''}.onnx`, {
    executionProviders: ['webgpu'],
  })
  const captureHeads = captured(model.info, maps)
  const runs = {
    ours: async () => {
      const { arrays } = await session.run((ops) => {
        const out = model.forward(ops, input, { captureHeads })
        return [out.logits[head], ...(maps ? out.attentions : [])]
      })
      return arrays[0].data
    },
    theirs: async () => (await peer.run(theirs)).logits.data,
  }
  const times = { ours: [], theirs: [] }
  const answers = {}
  for (let round = -2; round < ROUNDS; round++) {
    for (const [who, run] of Object.entries(runs)) {
      const started = performance.now()
      answers[who] = await run()
      if (round >= 0) times[who].push(performance.now() - started)
    }
  }
  const apart = answers.theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - answers.ours[i])), 0)
  if (apart > FARTHEST) throw new Error(`${name}: logits ${apart} apart: not the same model`)
  const [ours, others] = [times.ours, times.theirs].map(median)
  const what = maps ? 'logits and every map' : 'logits'
  console.log(`  ${name}, ${what}: ours ${ours.toFixed(1)} ms, onnxruntime-node ${others.toFixed(1)} ms`)
  console.log(`    ours ${(ours / others).toFixed(2)} × theirs`)
  await session.dispose()
  engine.backend.free(model.tensors)
  await peer.release()
}
