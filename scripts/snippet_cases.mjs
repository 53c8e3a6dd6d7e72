/**
 * Writes the Python snippets of some runs, with the engine's own numbers, as JSON to standard output:
 *   node scripts/snippet_cases.mjs text|vision|generate|seq2seq|detect|tasks|batch|masks|tokenizers
 *   node scripts/snippet_cases.mjs text|vision|seq2seq|detect <folder of a model> …
 * training/golden/test_snippets.py runs them in transformers and compares.
 */

import { createServer } from 'vite'

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
try {
  const cases = {
    text: textCases,
    vision: visionCases,
    generate: generateCases,
    seq2seq: seq2seqCases,
    tasks: tasksCases,
    detect: detectCases,
    batch: batchCases,
    masks: maskCases,
    tokenizers: tokenizerCases,
  }
  process.stdout.write(JSON.stringify(await cases[process.argv[2]]()))
} finally {
  await server.close()
}

async function batchCases() {
  const { batchSnippetCases } = await server.ssrLoadModule('/src/labs/batch/state/testing/snippet_cases.ts')
  const ids = ['clsroom-bert', 'clsroom-gpt2']
  return (await Promise.all(ids.map((id) => batchSnippetCases(`public/models/${id}`, id)))).flat()
}

async function maskCases() {
  const { maskSnippetCases } = await server.ssrLoadModule('/src/labs/masks/state/testing/snippet_cases.ts')
  return maskSnippetCases()
}

async function generateCases() {
  const { snippetCases } = await server.ssrLoadModule('/src/labs/generate/state/testing/snippet_cases.ts')
  return snippetCases('public/models/clsroom-gpt2', 'clsroom-gpt2')
}

async function seq2seqCases() {
  const { seq2seqSnippetCases } = await server.ssrLoadModule('/src/labs/seq2seq/state/testing/snippet_cases.ts')
  const folders = process.argv.slice(3)
  if (folders.length === 0) return seq2seqSnippetCases('public/models/clsroom-t5', 'clsroom-t5', 'embedded')
  return (await Promise.all(folders.map((folder) => seq2seqSnippetCases(folder, folder, 'hub')))).flat()
}

async function tasksCases() {
  const { tasksSnippetCases } = await server.ssrLoadModule('/src/labs/tasks/picture/state/testing/snippet_cases.ts')
  return tasksSnippetCases()
}

async function detectCases() {
  const { detectSnippetCases } = await server.ssrLoadModule('/src/labs/detect/state/testing/snippet_cases.ts')
  const folders = process.argv.slice(3)
  const ids = ['clsroom-yolos', 'clsroom-detr', 'clsroom-vidt']
  const models = folders.length > 0 ? folders : ids.map((id) => `public/models/${id}`)
  const source = folders.length > 0 ? 'hub' : 'embedded'
  const cases = models.map((folder, i) => detectSnippetCases(folder, folders[i] ?? ids[i], source))
  return (await Promise.all(cases)).flat()
}

async function textCases() {
  const { snippetCases } = await server.ssrLoadModule('/src/labs/text/state/testing/snippet_cases.ts')
  const folders = process.argv.slice(3)
  if (folders.length === 0) return snippetCases('public/models/clsroom-bert', 'clsroom-bert')
  return (await Promise.all(folders.map((folder) => snippetCases(folder, folder, 'hub')))).flat()
}

async function visionCases() {
  const { visionSnippetCases } = await server.ssrLoadModule('/src/labs/vision/state/testing/snippet_cases.ts')
  const folders = process.argv.slice(3)
  if (folders.length > 0) {
    return (await Promise.all(folders.map((folder) => visionSnippetCases(folder, folder, 'hub')))).flat()
  }
  const ids = ['clsroom-vit', 'clsroom-vit-registers', 'clsroom-mae']
  return (await Promise.all(ids.map((id) => visionSnippetCases(`public/models/${id}`, id)))).flat()
}

async function tokenizerCases() {
  const { tokenizerSnippetCases } = await server.ssrLoadModule('/src/labs/tokenizers/state/testing/snippet_cases.ts')
  return tokenizerSnippetCases()
}
