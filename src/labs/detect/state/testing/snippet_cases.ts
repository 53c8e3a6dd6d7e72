/**
 * Runs of detectors with the snippets that "copy as Python" gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { readFile } from 'node:fs/promises'
import { softmax } from '../../../../core/logits.ts'
import { uniform } from '../../../../core/random.ts'
import { runForward } from '../../../../engine/forward.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { parsePreprocessorConfig } from '../../../../loaders/preprocessor.ts'
import { parseSafetensors } from '../../../../loaders/safetensors.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import { boxAt } from '../boxes.ts'
import { detectSnippet } from '../python.ts'
import { closableOf, type Query, trainedQueries } from '../queries.ts'
import { type DetectDoc, type DetectRun, type Photo, queryReads, queryStack, runDetect } from '../run.ts'

const CPU = { kind: 'cpu', adapter: 'CPU reference kernels', software: true } as const
const HEAD = 1

/** What a snippet has to find. */
interface SnippetCase {
  name: string
  code: string
  /** [N] of the chosen query. */
  reads: number[]
  /** [Q][K + 1] */
  classes: number[][]
  /** [Q][4] */
  boxes: number[][]
}

export async function detectSnippetCases(
  folder: string,
  id: string,
  source: LoadedModel['source'],
): Promise<SnippetCase[]> {
  const json = async (name: string) => JSON.parse(await readFile(`${folder}/${name}`, 'utf8'))
  const file = await readFile(`${folder}/model.safetensors`)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
  const backend = createCpuBackend()
  const network = await createModel(await json('config.json'), parseSafetensors(bytes), backend)
  const session = backend.session()
  const engine = {
    forward: (request: Parameters<typeof runForward>[2]) => runForward(network, session, request, CPU),
    weights: async (_: string, name: 'tokens' | 'positions' | 'filters' | 'distances') => {
      const view = network.views[name]
      if (!view) throw new Error(`no ${name}`)
      return view
    },
  }
  const preprocessor = parsePreprocessorConfig(await json('preprocessor_config.json'))
  const model: LoadedModel = { id, name: id, source, info: network.info, preprocessor }
  const { layers } = queryStack(model.info)
  const cases: SnippetCase[] = []
  for (const [name, { layer = layers - 1, ...change }] of Object.entries(changes(model))) {
    const doc = { model: id, queries: trainedQueries(network.info.detects?.queries ?? 0), closed: [], pieces: [] }
    const run = await runDetect(engine, { model, doc: { ...doc, ...change }, photo: PHOTO, drawings: null, layer })
    cases.push(caseOf(`${id}: ${name}`, run, layer))
  }
  return cases
}

function caseOf(name: string, run: DetectRun, layer: number): SnippetCase {
  const query = run.asking.at(-1)?.place ?? 0
  const { classes } = run.result.logits
  const { boxes } = run.result.logits
  if (!classes || !boxes) throw new Error(`${name} gives no boxes`)
  const K = classes.dims[1] as number
  const rows = [...run.asking.keys()]
  return {
    name,
    code: detectSnippet(run, { layer, head: HEAD, query }),
    reads: [...(queryReads(run, run.asking.length - 1, layer, HEAD)?.patches ?? [])],
    classes: rows.map((row) => [...softmax(classes.data, row * K, K)]),
    boxes: rows.map((row) => {
      const { x, y, width, height } = boxAt(boxes.data, row)
      return [x, y, width, height]
    }),
  }
}

/** Coloured noise over a slope, from nobody's file. */
const PHOTO: Photo = { name: 'noise', source: 'own', picture: noise(70, 50) }

function noise(width: number, height: number): Photo['picture'] {
  const next = uniform(4)
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (100 * i) / (width * height * 4) + 155 * next(),
  )
  return { width, height, data }
}

/** Everything that a document can change but the drawings, which change the picture. */
function changes({ info }: LoadedModel): Record<string, Partial<DetectDoc> & { layer?: number }> {
  const trained = trainedQueries(info.detects?.queries ?? 0)
  const changed = (of: Record<number, Partial<Query>>) => trained.map((query, i) => ({ ...query, ...of[i] }))
  const starts = changed({
    0: { start: 'zeros' },
    1: { start: 'mean' },
    2: { start: 'noise' },
    3: { of: 1, start: 'copy' },
  })
  return {
    'nothing edited': {},
    'the first layer': { layer: 0 },
    'queries removed and swapped': { queries: changed({ 0: { of: 2 }, 2: { of: 0 }, 3: { status: 'removed' } }) },
    'other starts': { queries: [...starts, { of: 2, start: 'copy', status: 'read' }] },
    'queries masked': { queries: changed({ 1: { status: 'masked' }, 2: { status: 'masked', start: 'zeros' } }) },
    ...Object.fromEntries(closableOf(info).map((part) => [`${part} closed`, { closed: [part] }])),
    'everything closed, fewer queries': { closed: closableOf(info), queries: changed({ 1: { status: 'removed' } }) },
  }
}
