/**
 * Writes the Python snippets of some runs, with the engine's own numbers, as JSON to standard output:
 *   node scripts/snippet_cases.mjs text|vision
 *   node scripts/snippet_cases.mjs text|vision <folder of a model> …
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
  process.stdout.write(JSON.stringify(process.argv[2] === 'vision' ? await visionCases() : await textCases()))
} finally {
  await server.close()
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
  const ids = ['clsroom-vit', 'clsroom-vit-registers']
  return (await Promise.all(ids.map((id) => visionSnippetCases(`public/models/${id}`, id)))).flat()
}
