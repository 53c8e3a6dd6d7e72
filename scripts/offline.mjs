/** What the built page needs without a network: its service worker, with the list of what is kept from the first visit on. */

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { getManifest, injectManifest } from '@serwist/build'
import { build } from 'vite'

/** Of the first two labs. */
const MODELS = [
  'clsroom-bert',
  'clsroom-vit',
  'clsroom-vit-registers',
  'clsroom-vit-large',
  'clsroom-vit-large-registers',
  'clsroom-mae',
]
const LISTED = 'virtual:model-files'

/** Builds `sw.js`. @throws where something that has to be kept is not on its list */
export function serviceWorker() {
  let out = 'dist'
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      out = config.build.outDir
    },
    async closeBundle() {
      const swDest = join(out, 'sw.js')
      await build({
        configFile: false,
        logLevel: 'error',
        define: { 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: out,
          emptyOutDir: false,
          copyPublicDir: false,
          target: 'es2024',
          lib: { entry: 'src/app/service_worker.ts', formats: ['iife'], name: 'clsroom', fileName: () => 'sw.js' },
        },
      })
      const listed = {
        globDirectory: out,
        globPatterns: [
          '*.{html,svg,png,webmanifest}',
          'assets/**',
          'samples/**',
          `models/{${MODELS.join(',')}}/*.{json,safetensors}`,
        ],
        // A second opinion is asked for with a network; where drawings were made of is no part of the page.
        globIgnores: ['assets/ort-*', 'samples/source/**'],
        maximumFileSizeToCacheInBytes: 100e6,
      }
      const { manifestEntries = [], warnings } = await getManifest(listed)
      await injectManifest({ ...listed, swSrc: swDest, swDest })
      const kept = new Set(manifestEntries.map(({ url }) => url))
      const wanted = [
        'index.html',
        ...MODELS.flatMap((id) => filesOf(join(out, 'models', id)).map(({ file }) => `models/${id}/${file}`)),
        ...readdirSync(join(out, 'samples'), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
          .filter((file) => !file.startsWith('samples/source/')),
      ]
      const missing = wanted.filter((file) => !kept.has(file))
      if (missing.length > 0 || warnings.length > 0) {
        throw new Error(`not kept for use without a network: ${[...missing, ...warnings].join(', ')}`)
      }
    },
  }
}

/** `virtual:model-files`: the files of every model that comes with the page, with their sizes and whether they run without them. */
export function modelFiles() {
  return {
    name: 'model-files',
    resolveId: (id) => (id === LISTED ? `\0${LISTED}` : null),
    load(id) {
      if (id !== `\0${LISTED}`) return null
      const models = readdirSync('public/models').map((id) => ({ id, files: filesOf(join('public/models', id)) }))
      return `export default ${JSON.stringify(models)}`
    },
  }
}

/** What runs, and what only tells of it: a card is read when it is asked for. */
const RUNS = /^(config|tokenizer|tokenizer_config|preprocessor_config)\.json$|\.safetensors$/

/** What the page reads of a model; the graphs of the second opinion are no part of it. */
function filesOf(folder) {
  return readdirSync(folder)
    .filter((file) => /\.(json|safetensors)$/.test(file))
    .map((file) => ({ file, bytes: statSync(join(folder, file)).size, runs: RUNS.test(file) }))
}
