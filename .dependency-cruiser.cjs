/**
 * The one import rule (see ARCHITECTURE.md): a folder imports only what stands to its left.
 *   core ← gpu ← kernels ← models ← engine ← state ← views ← labs ← app
 * sequence, reference, wasm, loaders and viz import only core, tokenizers also loaders; words imports nothing of ours, and viz may use it.
 * A lab is a folder: its state imports no React and no views, and no lab imports another.
 */
const CHAIN = ['core', 'gpu', 'kernels', 'models', 'engine', 'state', 'views', 'labs', 'app']
const LEAVES = ['sequence', 'reference', 'wasm', 'loaders', 'tokenizers', 'viz', 'words']
// What may use a leaf: reference and wasm are the engine's backends, the rest serve everything from the engine rightwards.
const LEAF_READERS = { sequence: 4, reference: 4, wasm: 4, loaders: 4, tokenizers: 5, viz: 5, words: 5 }
// Nothing right of engine sees the GPU, and pages see the models only through the engine.
const HIDDEN_RIGHT_OF_ENGINE = ['gpu', 'kernels', 'models', 'reference', 'wasm']

const allowedFor = (folder) => {
  if (folder === 'viz') return ['viz', 'words', 'core']
  if (folder === 'tokenizers') return ['tokenizers', 'loaders', 'core']
  if (LEAVES.includes(folder)) return [folder, 'core']
  const place = CHAIN.indexOf(folder)
  const left = CHAIN.slice(0, place + 1).filter((f) => place <= 4 || !HIDDEN_RIGHT_OF_ENGINE.includes(f))
  return [
    ...left,
    ...LEAVES.filter((leaf) => place >= LEAF_READERS[leaf] && (place <= 4 || !HIDDEN_RIGHT_OF_ENGINE.includes(leaf))),
  ]
}

/** Tests compare rooms with each other (a kernel with its twin), so they are free of the order. */
const TESTS = '(\\.test\\.tsx?$|/testing/)'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...[...CHAIN, ...LEAVES].map((folder) => ({
      name: `${folder}-imports`,
      severity: 'error',
      comment: `src/${folder} may import only: ${allowedFor(folder).join(', ')}`,
      from: { path: `^src/${folder}/`, pathNot: TESTS },
      to: { path: '^src/', pathNot: `^src/(${allowedFor(folder).join('|')})/` },
    })),
    {
      name: 'shaders-only-in-kernels',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/kernels/', TESTS] },
      to: { path: '^shaders/' },
    },
    {
      name: 'react-only-in-views-labs-app',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(views|labs|app)/', TESTS] },
      to: { path: 'node_modules/(react|react-dom|react-aria-components)/' },
    },
    {
      name: 'd3-only-in-viz-views',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(viz|views)/', TESTS] },
      to: { path: 'node_modules/d3(-|/)' },
    },
    {
      name: 'lab-state-knows-no-views',
      severity: 'error',
      from: {
        path: ['', '[^/]+/'].map((part) => `^src/labs/[^/]+/${part}(state/|state\\.ts|parts\\.ts|examples\\.ts)`),
        pathNot: TESTS,
      },
      to: { path: '(^src/views/|node_modules/(react|react-dom|react-aria-components)/)' },
    },
    {
      name: 'no-lab-imports-another',
      severity: 'error',
      from: { path: '^src/labs/([^/]+)/' },
      to: { path: '^src/labs/[^/]+/', pathNot: '^src/labs/($1|shared)/' },
    },
    { name: 'no-test-code-in-the-app', severity: 'error', from: { pathNot: TESTS }, to: { path: TESTS } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
