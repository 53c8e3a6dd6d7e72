/** Runs of the shipped model on its own samples: what its masks keep, and what links bring back. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runForward } from '../../../../engine/forward.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import type { Picture } from '../../../../loaders/image_resize.ts'
import { parsePreprocessorConfig } from '../../../../loaders/preprocessor.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { load } from '../../../../models/testing/golden.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import { type PictureDoc, trainedDoc } from './doc.ts'
import { documentIn, encodePicture } from './link.ts'
import { pictureMemorySchema } from './link_schema.ts'
import { LOOK } from './look.ts'
import { maskTable } from './mask_table.ts'
import { maskDocs, overSamples, rowDocs, rowEffects, startDocs, usage } from './measure.ts'
import { drift, type Photo, type PictureRun, readsAt, rowOfHead, runPicture, sum } from './run.ts'

const NAME = 'clsroom-vit-memory'
const CPU = { kind: 'cpu', adapter: '', software: true } as const

/** A picture of slopes, of any size. */
function slopes(width: number, height: number): Picture {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    data.set([(255 * (i % width)) / width, (255 * Math.floor(i / width)) / height, 90, 255], 4 * i)
  }
  return { width, height, data }
}

let model: LoadedModel
let engine: Parameters<typeof runPicture>[0]
let dispose: () => Promise<void>

beforeAll(async () => {
  const { config, weights } = await load(NAME)
  const backend = createCpuBackend()
  const built = await createModel(config, weights, backend)
  const session = backend.session()
  dispose = () => session.dispose()
  const preprocessor = parsePreprocessorConfig(
    JSON.parse(readFileSync(`public/models/${NAME}/preprocessor_config.json`, 'utf8')),
  )
  model = { id: NAME, name: NAME, source: 'embedded', info: built.info, preprocessor }
  engine = {
    forward: (request) => runForward(built, session, request, CPU),
    weights: async (_, view) => built.views[view as 'memory'] as NonNullable<typeof built.views.memory>,
  }
})
afterAll(() => dispose())

const photo = (width = 40, height = 32): Photo => ({
  name: 'slopes',
  source: 'own',
  label: null,
  picture: slopes(width, height),
})
const shown = photo()
const run = (change: Partial<PictureDoc> = {}, of: Photo = shown): Promise<PictureRun> =>
  runPicture(engine, { model, photo: of, doc: { ...trainedDoc(NAME, model.info), ...change } })

describe('a run', () => {
  it('under the extension mask leaves the base at exactly 0 difference, whatever is in the memory', async () => {
    for (const change of [
      {},
      { tasksReadAll: true },
      { starts: { fashion: 'noise' as const } },
      { rows: 0 },
      { tasks: [] },
    ]) {
      expect(drift(await run(change))).toBe(0)
    }
    expect(drift(await run({ oldReadsNew: true }))).toBeGreaterThan(0.1)
  })

  it('with all memory masked says what it says without any', async () => {
    const masked = model.info.taskMemory?.tasks.flatMap(({ name, rows }) =>
      Array.from({ length: rows }, (_, row) => ({ task: name, row })),
    )
    const [blind, none] = [await run({ masked }), await run({ rows: 0 })]
    expect(blind.answers.map(({ logits }) => logits)).toEqual(none.answers.map(({ logits }) => logits))
    const reads = readsAt(blind, rowOfHead(blind, 'digits'), 3, 'mean')
    expect(sum(reads?.memory.map((rows) => sum(rows)) ?? [1])).toBe(0)
  })

  it.each([
    [1, 1],
    [3, 500],
    [2000, 40],
  ])('reads a picture of %i × %i', async (width, height) => {
    const { answers, seen } = await run({}, photo(width, height))
    expect(seen.width).toBe(seen.height)
    expect(answers).toHaveLength(4)
  })

  it('shares sum to one, by layer and by head', async () => {
    const here = await run()
    for (const layer of [0, 5]) {
      for (const head of [0, 2, 'mean'] as const) {
        const reads = readsAt(here, rowOfHead(here, 'digits_extension'), layer, head)
        const all =
          sum(reads?.patches ?? []) + (reads?.base ?? 0) + sum(reads?.cls ?? []) + sum(reads?.memory.map(sum) ?? [])
        expect(all).toBeCloseTo(1, 4)
      }
    }
    expect(readsAt(here, rowOfHead(here, 'gone'), 0, 'mean')).toBeNull()
  })
})

describe('the mask as a table', () => {
  it('is Table 1 of the paper for what was learned apart', async () => {
    const { rows, columns, cells, open, all } = maskTable(await run({ tasks: ['fashion', 'digits'] }), 4, 'mean')
    expect([rows.length, columns.length]).toEqual([4, 6])
    const isOpen = cells.map((row) => row.map((cell) => (cell.open === cell.keys ? '#' : '.')).join(''))
    expect(isOpen).toEqual(['##....', '##....', '.##.#.', '.#.#.#'])
    expect([open, all]).toEqual([65 * 65 + 2 * (64 + 1 + 4), 67 * 75])
    for (const row of cells) expect(sum(row.map(({ share }) => share ?? 0))).toBeCloseTo(1, 4)
  })
})

describe('what is measured', () => {
  it('counts every head on its own classes, and the base’s drift by mask', async () => {
    const samples = [
      { id: '1', label: 'sneaker', picture: slopes(32, 32) },
      { id: '2', label: 'ship', picture: slopes(20, 32) },
      { id: '3', label: null, picture: slopes(9, 9) },
    ]
    const docs = maskDocs(trainedDoc(NAME, model.info))
    const outcomes = await overSamples(engine, model, docs, samples, () => true)
    expect(outcomes.map(({ doc }) => [doc.oldReadsNew, doc.tasksReadAll])).toEqual([
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ])
    for (const { scores, changed } of outcomes) {
      expect([scores.fashion?.count, scores.base?.count, scores.digits, changed.count]).toEqual([1, 1, undefined, 3])
    }
    expect(outcomes.slice(0, 2).map(({ drift }) => drift)).toEqual([0, 0])
    expect(outcomes[2]?.drift).toBeGreaterThan(0)
    expect(await overSamples(engine, model, docs, samples, (done) => done < 4)).toHaveLength(1)
  })

  it('goes over every number of rows and every start', () => {
    const doc = trainedDoc(NAME, model.info)
    expect(rowDocs(model, doc).map(({ rows }) => rows)).toEqual([0, 1, 2, 3, 4])
    expect(startDocs(model, doc).map(({ start }) => start)).toEqual(['trained', 'zeros', 'mean', 'noise', 'other'])
  })

  it('masks one row after another, then all', async () => {
    const here = await run()
    const effects = await rowEffects(engine, here, 'digits', () => true)
    expect(effects.map(({ row }) => row)).toEqual([0, 1, 2, 3, null])
    expect(effects[4]?.share).toBeCloseTo(sum(effects.slice(0, 4).map(({ share }) => share)), 6)
    expect(effects[4]?.logit[1]).not.toBe(effects[4]?.logit[0])
    expect(usage(here, 'digits').map((layer) => layer.length)).toEqual(Array(6).fill(4))
    expect(await rowEffects(engine, await run({ rows: 0 }), 'digits', () => true)).toEqual([])
  })
})

describe('a link', () => {
  it('brings the document back', () => {
    const doc: PictureDoc = {
      ...trainedDoc(NAME, model.info),
      tasks: ['fashion', 'digits_extension'],
      oldReadsNew: true,
      rows: 2,
      starts: { fashion: 'mean' },
      masked: [{ task: 'fashion', row: 1 }],
    }
    const link = pictureMemorySchema.parse(JSON.parse(JSON.stringify(encodePicture(doc, model.info, null, LOOK))))
    expect(documentIn(link, NAME, model.info)).toEqual(doc)
  })

  it('of tasks and rows that the model lacks leaves them out', () => {
    const link = pictureMemorySchema.parse({
      lab: 'memory',
      shows: 'picture',
      model: NAME,
      tasks: ['fashion', 'music'],
      starts: { music: 'zeros' },
      masked: [
        { task: 'fashion', row: 4 },
        { task: 'music', row: 0 },
        { task: 'fashion', row: 3 },
      ],
    })
    const { tasks, starts, masked } = documentIn(link, NAME, model.info)
    expect([tasks, starts, masked]).toEqual([['fashion'], {}, [{ task: 'fashion', row: 3 }]])
  })
})
