/**
 * The engine under Dawn in Node, on whatever adapter is there: `npm run bench:node [rounds]`. Models are made from a seed, so
 * nothing is downloaded. Prints kernels, models, the multiply-add peak, bandwidth and the share of the peak; writes the same
 * as JSON to .cache/bench-node.json. Without an adapter it starts itself again on Chromium's software Vulkan.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { median } from './median.mjs'
import { captured, openEngine } from './node/engine.mjs'
import { FILLS, MODELS, weightsOf } from './node/models.mjs'
import { bandwidth, peak } from './node/peak.mjs'

const ROUNDS = Number(process.argv[2] ?? 9)
/** Operations of the largest model that a software adapter is given. */
const LONGEST_ON_SOFTWARE = 3e10
const OUTPUT = '.cache/bench-node.json'

const engine = await openEngine()
const { gpu, backend } = engine
const report = { adapter: gpu.adapter, timestamps: gpu.timestamps, rounds: ROUNDS }

report.peakGflops = await peak(gpu.device)
report.bandwidthGBs = await bandwidth(gpu.device)
console.log(`${gpu.adapter.vendor} ${gpu.adapter.architecture} ${gpu.adapter.description}`)
console.log(`multiply-add peak ${report.peakGflops.toFixed(1)} GFLOP/s, copy ${report.bandwidthGBs.toFixed(1)} GB/s`)

report.kernels = []
for (const [rows, I, O] of shapes()) {
  const time = await timeOf((ops) => [ops.linear(...FILLS.linear(ops, rows, I, O))])
  line(`linear ${rows}×${I}×${O}`, 2 * rows * I * O, time)
}
for (const [T, H, Dh] of [
  [64, 4, 32],
  [128, 12, 64],
  [197, 6, 64],
  [512, 12, 64],
]) {
  const captureHeads = Array.from({ length: H }, (_, h) => h)
  const time = await timeOf((ops) => [ops.attention(FILLS.qkv(ops, T, H * Dh), { heads: H, captureHeads }).logSumExp])
  line(`attention ${T} tokens, ${H} × ${Dh}, every map`, 4 * T * T * H * Dh, time)
}

report.models = []
for (const { name, config, file, halves, input: given, flops } of MODELS) {
  if (gpu.adapter.software && flops > LONGEST_ON_SOFTWARE) continue // minutes
  const before = backend.stats().bytes
  const weights = file ? engine.weightsIn(file) : weightsOf(config, halves && engine.Halves)
  const model = await engine.build(config, weights)
  const weightMiB = (backend.stats().bytes - before) / 2 ** 20
  const input = engine.inputOf(model, given)
  for (const maps of [false, true]) {
    const captureHeads = captured(model.info, maps)
    const time = await timeOf((ops) => {
      const out = model.forward(ops, input, { captureHeads })
      return [...Object.values(out.logits), ...out.hiddenStates.slice(-1), ...(maps ? out.attentions : [])]
    }, roundsOf(flops))
    report.models.push({ name, maps, weightMiB, ...shareOf(flops, time) })
    print(`${name}${maps ? ', every map' : ''}`, report.models.at(-1))
  }
  backend.free(model.tensors)
}

mkdirSync('.cache', { recursive: true })
writeFileSync(OUTPUT, JSON.stringify(report, null, 2))
console.log(`Written to ${OUTPUT}`)
await engine.close()
process.exit(0)

/** Linear layers of the models: on a software adapter the larger ones would take minutes. */
function shapes() {
  const small = [
    [64, 128, 128],
    [128, 384, 1536],
    [128, 768, 768],
  ]
  const large = [
    [128, 768, 2304],
    [128, 768, 3072],
    [128, 3072, 768],
    [512, 768, 3072],
    [512, 3072, 768],
  ]
  return gpu.adapter.software ? small : [...small, ...large]
}

/** A forward takes a software adapter seconds where a card takes milliseconds. */
function roundsOf(flops) {
  return gpu.adapter.software && flops > 5e9 ? 1 : ROUNDS
}

/** Medians in ms: on the GPU (where it has timestamps), from submit to numbers, and around it all; the rest is JavaScript. */
async function timeOf(forward, rounds = ROUNDS) {
  const session = backend.session()
  const runs = []
  const unmeasured = Math.min(rounds, 2)
  for (let i = 0; i < rounds + unmeasured; i++) {
    const start = performance.now()
    const { ms, gpuMs, dispatches } = await session.run(forward)
    runs.push({ wall: performance.now() - start, ms, gpuMs, dispatches })
  }
  await session.dispose()
  const warm = runs.slice(unmeasured)
  const [wallMs, submitMs] = [median(warm.map(({ wall }) => wall)), median(warm.map(({ ms }) => ms))]
  const gpuMs = gpu.timestamps ? median(warm.map((run) => run.gpuMs ?? Number.NaN)) : undefined
  const scriptMs = median(warm.map(({ wall, ms }) => wall - ms))
  return { wallMs, submitMs, gpuMs, scriptMs, dispatches: runs[0].dispatches }
}

function shareOf(flops, time) {
  const gflops = flops / (time.gpuMs ?? time.submitMs) / 1e6
  return { ...time, gflops, shareOfPeak: gflops / report.peakGflops }
}

function line(name, flops, time) {
  report.kernels.push({ name, ...shareOf(flops, time) })
  print(name, report.kernels.at(-1))
}

function print(name, { gpuMs, wallMs, scriptMs, dispatches, gflops, shareOfPeak }) {
  const onGpu = gpuMs === undefined ? '' : `GPU ${gpuMs.toFixed(2)} ms, `
  const rate = `${gflops.toFixed(1)} GFLOP/s, ${(100 * shareOfPeak).toFixed(1)} % of peak`
  console.log(
    `${name}: ${onGpu}wall ${wallMs.toFixed(2)} ms (JavaScript ${scriptMs.toFixed(2)}, ${dispatches} dispatches), ${rate}`,
  )
}
