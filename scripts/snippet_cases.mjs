/**
 * Writes the Python snippets of some runs, with the engine's own numbers, as JSON to standard output:
 *   node scripts/snippet_cases.mjs
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
  const { snippetCases } = await server.ssrLoadModule('/src/state/testing/snippet_cases.ts')
  process.stdout.write(JSON.stringify(await snippetCases('public/models/clsroom-bert', 'clsroom-bert')))
} finally {
  await server.close()
}
