/**
 * How long planning takes: `node bench/packing.mjs [rounds]`. 10,000 lengths of Zipf's kind into rows of 512, every strategy, as a ratio to sorting the
 * same lengths. Medians; the page plans in a worker, with the same functions.
 */

import { createServer } from 'vite'
import { median } from './median.mjs'

const ROUNDS = Number(process.argv[2] ?? 9)
const COUNT = 10_000
const SETTINGS = { size: 32, capacity: 512, side: 'right', buckets: 8, jitter: 0.1, budget: 16_384, seed: 1 }

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const { planOf, strategiesFor } = await server.ssrLoadModule('/src/labs/batch/state/plan.ts')
const { uniform } = await server.ssrLoadModule('/src/core/random.ts')
const next = uniform(1)
const lengths = Array.from({ length: COUNT }, () => Math.floor(513 ** next()))

const sorting = timeOf(() => lengths.toSorted((a, b) => a - b))
console.log(`${COUNT} lengths; sorting them is 1`)
for (const strategy of strategiesFor(COUNT)) {
  const ms = timeOf(() => planOf(strategy, lengths, SETTINGS))
  console.log(`${strategy.padEnd(22)} ${(ms / sorting).toFixed(1)} ×  (${ms.toFixed(1)} ms)`)
}
await server.close()

function timeOf(work) {
  work()
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return median(times)
}
