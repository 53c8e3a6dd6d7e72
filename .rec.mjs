import { createServer } from 'vite'
import { create, globals } from 'webgpu'
import { softwareVulkan, findChromium } from './scripts/chromium.mjs'
import { spawnSync } from 'node:child_process'
if (!process.env.VK_ICD_FILENAMES) process.exit(spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit', env: { ...process.env, ...softwareVulkan(findChromium()) } }).status)
const dawn = create([]); Object.assign(globalThis, globals); Object.defineProperty(globalThis, 'navigator', { value: { gpu: dawn }, configurable: true })
const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
const load = (p) => vite.ssrLoadModule(p)
const [{ openGpu }, { createGpuBackend }, { modelBuilder }, { textInput }, { weightsOf }] = await Promise.all([load('/src/gpu/device.ts'), load('/src/kernels/backend.ts'), load('/src/models/index.ts'), load('/src/engine/forward.ts'), load('/bench/node/models.mjs')])
const gpu = await openGpu({ lost: console.error, error: console.error })
const backend = createGpuBackend(gpu, { tuning: process.env.TUNING })
const config = { model_type: 'bert', hidden_size: 32, num_hidden_layers: 12, num_attention_heads: 2, intermediate_size: 32, vocab_size: 100 }
const model = (await modelBuilder(config))(weightsOf(config), backend)
const input = textInput(model.info, { kind: 'text', ids: [1, 2, 3, 4, 5, 6, 7, 8] })
const captureHeads = Array.from({ length: 12 }, () => [0, 1])
const session = backend.session()
const t = []
let d
for (let i = 0; i < 400; i++) {
  const start = performance.now()
  const { ms, dispatches } = await session.run((ops) => { const out = model.forward(ops, input, { captureHeads }); return [...out.hiddenStates, ...out.attentions] })
  d = dispatches
  if (i > 100) t.push(performance.now() - start - ms)
}
t.sort((a, b) => a - b)
console.log(d, 'dispatches; JS min', t[0].toFixed(3), 'p10', t[t.length / 10 | 0].toFixed(3), 'median', t[t.length >> 1].toFixed(3))
for (const [k, a] of Object.entries(T)) { a.splice(0, 100); a.sort((x, y) => x - y); console.log(k, 'min', a[0]?.toFixed(3), 'med', a[a.length >> 1]?.toFixed(3)) }
process.exit(0)
