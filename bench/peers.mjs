/**
 * Our forward beside onnxruntime's, same weights, same page, round by round: our WASM beside its WASM with one thread, our WebGPU
 * beside its WebGPU on the same adapter, and both under Node where onnxruntime-node is installed.
 *   npm run build && node bench/peers.mjs [rounds] [name …]
 * onnxruntime-web comes with the dependencies. The models are exported to .cache/peers once by bench/peers/export.py (PYTHON
 * names a Python with torch, transformers, onnx and onnxscript). Both sides take inputs in JavaScript and give logits, and
 * where said all maps, in JavaScript. Only ratios of medians are worth keeping.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../scripts/chromium.mjs'
import { QUIET, SOFTWARE_GPU } from '../scripts/chromium_flags.mjs'
import { median } from './median.mjs'
import { FARTHEST, MODELS, ONNX } from './peers/models.mjs'

const ROUNDS = Number(process.argv[2] ?? 9)
const ASKED = process.argv.slice(3)
const PORT = 4281
const ORIGIN = `http://localhost:${PORT}`
const FOLDERS = { '/ort/': 'node_modules/onnxruntime-web/dist', '/onnx/': ONNX, '/': 'dist' }
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

const asked = MODELS.filter(({ name }) => ASKED.length === 0 || ASKED.includes(name))
const late = asked.map(({ name }) => name).filter(outdated)
if (late.length > 0) {
  const python = process.env.PYTHON ?? 'python3'
  execFileSync(python, ['bench/peers/export.py', ONNX, ...late], { stdio: 'inherit' })
}

const server = createServer(serve).listen(PORT)
const browser = await chromium.launch({ executablePath: findChromium(), args: [...QUIET, ...SOFTWARE_GPU] })
for (const kind of ['wasm', 'webgpu']) {
  const page = await browser.newPage()
  await page.goto(`${ORIGIN}/?backend=${kind === 'wasm' ? 'wasm' : 'auto'}#/text`)
  await page.waitForFunction(() => window.clsroom)
  await page.evaluate(() => window.clsroom.ready)
  const { adapter, software } = await page.evaluate(() => window.clsroom.backend())
  console.log(`${adapter}; medians of ${ROUNDS} interleaved rounds after two warm-ups`)
  for (const model of asked) {
    if (kind === 'webgpu' && software && model.large && !ASKED.includes(model.name)) continue
    for (const maps of [false, true]) {
      const found = await page.evaluate(measure, { origin: ORIGIN, kind, model, maps, rounds: ROUNDS })
      report(kind, model.name, maps, found)
    }
  }
  await page.close()
}
await browser.close()
server.close()
if (existsSync('.cache/peers/node_modules/onnxruntime-node'))
  spawnSync(process.execPath, ['bench/peers/node.mjs', ...process.argv.slice(2)], { stdio: 'inherit' })

/** In the page. @returns {Promise<{times: Record<string, number[]>, apart: number}>} milliseconds, largest logit difference */
async function measure({ origin, kind, model, maps, rounds }) {
  const ort = await import(`${origin}/ort/ort.${kind === 'wasm' ? 'wasm' : 'webgpu'}.min.mjs`)
  ort.env.wasm.wasmPaths = '/ort/'
  ort.env.wasm.numThreads = 1
  ort.env.logLevel = 'error'
  const { name, tokens, side, words, head } = model
  const embedded = name.startsWith('clsroom-')
  const { id } = await window.clsroom.loadModel(embedded ? name : `${origin}/onnx/${name}/`)
  const scattered = (count, most) => Array.from({ length: count }, (_, i) => (i * 7919) % most)
  const ids = tokens && scattered(tokens, words).map((word) => word + 5)
  const pixels = side && Float32Array.from(scattered(3 * side * side, 200), (value) => value / 100 - 1)
  const ours = ids
    ? { inputIds: ids, tokenTypeIds: ids.map(() => 0) }
    : { pixelValues: { dims: [3, side, side], data: pixels } }
  const long = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
  const theirs = ids
    ? { ids: long(ids), segments: long(ids.map(() => 0)) }
    : { pixels: new ort.Tensor('float32', pixels, [1, 3, side, side]) }
  const file = `/onnx/${name}${maps ? '-maps' : ''}.onnx`
  const session = await ort.InferenceSession.create(file, { executionProviders: [kind] })
  const runs = {
    ours: async () =>
      (await window.clsroom.forward({ model: id, ...ours, capture: { attentions: maps } })).logits[head].data,
    theirs: async () => (await session.run(theirs)).logits.data,
  }
  const times = { ours: [], theirs: [] }
  const answers = {}
  for (let round = -2; round < rounds; round++) {
    for (const [who, run] of Object.entries(runs)) {
      const started = performance.now()
      answers[who] = await run()
      if (round >= 0) times[who].push(performance.now() - started)
    }
  }
  const apart = answers.theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - answers.ours[i])), 0)
  await session.release()
  return { times, apart }
}

/** Whether an exported model is missing, or older than the one that comes with the page. */
function outdated(name) {
  const time = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0)
  const exported = time(`${ONNX}/${name}-maps.onnx`)
  return exported === 0 || exported < time(`public/models/${name}/model.safetensors`)
}

function report(kind, name, maps, { times, apart }) {
  if (apart > FARTHEST) throw new Error(`${name}: logits ${apart} apart: not the same model, so not worth timing`)
  const [ours, theirs] = [times.ours, times.theirs].map(median)
  const [ourBest, theirBest] = [times.ours, times.theirs].map((all) => Math.min(...all))
  const what = maps ? 'logits and every map' : 'logits'
  const ratio = (a, b) =>
    kind === 'wasm' ? `ours ${(a / b).toFixed(2)} × theirs` : `theirs ${(b / a).toFixed(2)} × ours`
  console.log(`  ${name}, ${what}: ours ${ours.toFixed(1)} ms, onnxruntime-web ${theirs.toFixed(1)} ms`)
  console.log(`    ${ratio(ours, theirs)}; by the best of each ${ratio(ourBest, theirBest)}`)
}

/** Static files, isolated as a page with threads is. */
async function serve(request, response) {
  const path = normalize(new URL(request.url, ORIGIN).pathname)
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
