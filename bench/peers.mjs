/**
 * Our forward beside onnxruntime-web's, same weights, same page, same adapter, round by round.
 *   npm run build && node bench/peers.mjs [rounds]
 * onnxruntime-web (139 MB, so no dependency of ours) is fetched by npm into .cache/peers, and the models are exported there
 * once by bench/peers/export.py (PYTHON names a Python with torch, transformers, onnx and onnxscript). Both sides take
 * inputs in JavaScript and give logits, and where said all maps, in JavaScript. Only ratios of medians are worth keeping.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../scripts/chromium.mjs'
import { QUIET, SOFTWARE_GPU } from '../scripts/chromium_flags.mjs'
import { median } from './median.mjs'

const ROUNDS = Number(process.argv[2] ?? 9)
const CACHE = '.cache/peers'
const PORT = 4281
const FOLDERS = { '/ort/': `${CACHE}/node_modules/onnxruntime-web/dist`, '/onnx/': `${CACHE}/onnx`, '/': 'dist' }
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

if (!existsSync(FOLDERS['/ort/']))
  execFileSync('npm', ['install', '--prefix', CACHE, '--no-save', 'onnxruntime-web'], { stdio: 'inherit' })
if (outdated())
  execFileSync(process.env.PYTHON ?? 'python3', ['bench/peers/export.py', FOLDERS['/onnx/']], { stdio: 'inherit' })

const server = createServer(serve).listen(PORT)
const browser = await chromium.launch({ executablePath: findChromium(), args: [...QUIET, ...SOFTWARE_GPU] })
const page = await browser.newPage()
await page.goto(`http://localhost:${PORT}/#/text`)
await page.waitForFunction(() => window.clsroom)
await page.evaluate(() => window.clsroom.ready)
const { adapter } = await page.evaluate(() => window.clsroom.backend())
console.log(`adapter ${adapter}; medians of ${ROUNDS} interleaved rounds after two warm-ups`)
for (const model of ['clsroom-bert', 'clsroom-vit']) {
  for (const maps of [false, true])
    report(model, maps, await page.evaluate(measure, { peer: '/ort/ort.webgpu.min.mjs', model, maps, rounds: ROUNDS }))
}
await browser.close()
server.close()

/** In the page. @returns {Promise<{times: Record<string, number[]>, apart: number}>} milliseconds, largest logit difference */
async function measure({ peer, model, maps, rounds }) {
  const ort = await import(peer)
  ort.env.wasm.wasmPaths = '/ort/'
  ort.env.wasm.numThreads = navigator.hardwareConcurrency
  ort.env.logLevel = 'error'
  const file = `/onnx/${model}${maps ? '-maps' : ''}.onnx`
  const scattered = (count, most) => Array.from({ length: count }, (_, i) => (i * 7919) % most)
  const ids = scattered(64, 8000).map((id) => id + 5)
  const pixels = Float32Array.from(scattered(3 * 32 * 32, 200), (value) => value / 100 - 1)
  const text = model === 'clsroom-bert'
  const ours = text
    ? { inputIds: ids, tokenTypeIds: ids.map(() => 0) }
    : { pixelValues: { dims: [3, 32, 32], data: pixels } }
  const long = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
  const theirs = text
    ? { ids: long(ids), segments: long(ids.map(() => 0)) }
    : { pixels: new ort.Tensor('float32', pixels, [1, 3, 32, 32]) }
  const sessions = {}
  for (const provider of ['webgpu', 'wasm'])
    sessions[provider] = await ort.InferenceSession.create(file, { executionProviders: [provider] })
  const first = text ? 'mlm' : 'classifier'
  const runs = {
    ours: async () =>
      (await window.clsroom.forward({ model, ...ours, capture: { attentions: maps } })).logits[first].data,
    webgpu: async () => (await sessions.webgpu.run(theirs))[first].data,
    wasm: async () => (await sessions.wasm.run(theirs))[first].data,
  }
  const times = { ours: [], webgpu: [], wasm: [] }
  const answers = {}
  for (let round = -2; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const started = performance.now()
      answers[name] = await run()
      if (round >= 0) times[name].push(performance.now() - started)
    }
  }
  const apart = answers.wasm.reduce((most, value, i) => Math.max(most, Math.abs(value - answers.ours[i])), 0)
  for (const session of Object.values(sessions)) await session.release()
  return { times, apart }
}

/** Whether the exported models are missing or older than ours. */
function outdated() {
  const time = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0)
  return ['clsroom-bert', 'clsroom-vit'].some(
    (model) => time(`${FOLDERS['/onnx/']}/${model}-maps.onnx`) < time(`public/models/${model}/model.safetensors`),
  )
}

function report(model, maps, { times, apart }) {
  if (apart > 1e-2) throw new Error(`${model}: logits ${apart} apart: not the same model, so not worth timing`)
  const [ours, webgpu, wasm] = [times.ours, times.webgpu, times.wasm].map(median)
  console.log(
    `${model}, ${maps ? 'logits and every map read back' : 'logits only'} (logits at most ${apart.toExponential(0)} apart)`,
  )
  console.log(
    `  ours ${ours.toFixed(0)} ms; onnxruntime-web WebGPU ${webgpu.toFixed(0)} ms, ${(webgpu / ours).toFixed(2)} × ours;`,
  )
  console.log(`  its WASM, all threads, ${wasm.toFixed(0)} ms, ${(wasm / ours).toFixed(2)} × ours`)
}

/** Static files, isolated so that WASM may use threads. */
async function serve(request, response) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname)
  const [prefix, folder] = Object.entries(FOLDERS).find(([start]) => path.startsWith(start))
  const file = join(folder, path === '/' ? 'index.html' : path.slice(prefix.length))
  try {
    const body = await readFile(file)
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}
