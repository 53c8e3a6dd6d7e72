/** The engine under Dawn in Node, on whatever adapter is there. */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'vite'
import { create, globals } from 'webgpu'
import { findChromium, softwareVulkan } from '../../scripts/chromium.mjs'

/** Without an adapter the program is started again on Chromium's software Vulkan. */
export async function openEngine() {
  const dawn = create([])
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: dawn }, configurable: true })
  if (!(await dawn.requestAdapter())) startOnSoftware()

  const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
  const load = (path) => vite.ssrLoadModule(path)
  const [{ openGpu }, { createGpuBackend }, { modelBuilder }, forward, { Halves }, { parseSafetensors }] =
    await Promise.all([
      load('/src/gpu/device.ts'),
      load('/src/kernels/backend.ts'),
      load('/src/models/index.ts'),
      load('/src/engine/forward.ts'),
      load('/src/core/dtypes.ts'),
      load('/src/loaders/safetensors.ts'),
    ])
  const fail = (error) => {
    throw error
  }
  const gpu = await openGpu({ lost: fail, error: fail })
  const backend = createGpuBackend(gpu)
  return {
    gpu,
    backend,
    Halves,
    weightsIn: (file) => parseSafetensors(new Uint8Array(readFileSync(file)).buffer),
    async build(config, weights) {
      return (await modelBuilder(config))(weights, backend)
    },
    /** What the page would ask of the engine, as the model takes it. */
    inputOf(model, given) {
      return given.kind === 'text' ? forward.textInput(model.info, given) : forward.imageInput(model, given)
    },
    close: () => vite.close(),
  }
}

/** The heads of every layer, or none of any. */
export function captured({ layers, heads }, maps) {
  return Array.from({ length: layers }, () => (maps ? Array.from({ length: heads }, (_, h) => h) : []))
}

function startOnSoftware() {
  if (process.env.VK_ICD_FILENAMES) {
    console.error('Dawn found no Vulkan adapter, not even the software one of VK_ICD_FILENAMES.')
    process.exit(1)
  }
  const env = { ...process.env, ...softwareVulkan(findChromium()) }
  process.exit(spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit', env }).status ?? 1)
}
