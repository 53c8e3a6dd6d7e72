/** Models that write, through `window.clsroom` of the built page, against the official transformers (training/golden/export.py). */

import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { parseSafetensors } from '../src/loaders/safetensors.ts'
import type { AutomationForward, AutomationResult } from '../src/state/automation_types.ts'
import { expect, test } from './test.ts'

const GOLDEN = 'src/models/golden'
const MODELS = readdirSync(GOLDEN).filter((name) => /^(gpt2|llama|t5)-/.test(name))
const WRITING = MODELS.filter((name) => readdirSync(`${GOLDEN}/${name}`).includes('generate.json'))

/** Loads a golden model by its files. @returns its id */
function load(page: Page, name: string): Promise<string> {
  const files = {
    config: readFileSync(`${GOLDEN}/${name}/config.json`, 'utf8'),
    weights: readFileSync(`${GOLDEN}/${name}/model.safetensors`).toString('base64'),
  }
  return page.evaluate(async ({ config, weights }) => {
    const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0))
    const loaded = await window.clsroom.loadModel({ 'config.json': config, 'model.safetensors': bytes.buffer })
    return loaded.id
  }, files)
}

function forward(page: Page, input: AutomationForward): Promise<AutomationResult> {
  return page.evaluate((given) => window.clsroom.forward(given), input)
}

/** A golden case as a call of `forward`, and what it must answer. */
function goldenCases(name: string) {
  const file = readFileSync(`${GOLDEN}/${name}/cases.safetensors`)
  const arrays = parseSafetensors(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer)
  const names = [...new Set([...arrays.keys()].map((key) => key.split('.')[0] as string))]
  return names.map((caseName) => {
    const data = (key: string) => arrays.get(`${caseName}.${key}`)?.data as Float32Array
    const list = (key: string) => (arrays.has(`${caseName}.${key}`) ? [...data(key)] : undefined)
    const rows = (key: string) => {
      const found = arrays.get(`${caseName}.${key}`)
      const [queries, keys] = (found?.shape ?? []) as [number, number]
      return found && Array.from({ length: queries }, (_, q) => [...found.data.subarray(q * keys, (q + 1) * keys)])
    }
    const input = {
      inputIds: list('ids'),
      positionIds: list('positions'),
      decoderInputIds: list('decoder_ids'),
      mask: rows('mask'),
      decoderMask: rows('decoder_mask'),
      crossMask: rows('cross_mask'),
      causal: list('causal')?.[0] !== 0,
    }
    const head = arrays.has(`${caseName}.logits.lm`) ? 'lm' : 'classifier'
    return { caseName, input, data, head }
  })
}

function expectClose(found: { data: Float32Array }[] | undefined, expected: Float32Array | undefined, most: number) {
  const all = (found ?? []).flatMap(({ data }) => [...data])
  expect(all.length).toBe(expected?.length ?? 0)
  const worst = all.reduce((max, value, i) => Math.max(max, Math.abs(value - (expected?.[i] as number))), 0)
  expect(worst).toBeLessThan(most)
}

for (const name of MODELS) {
  test(`${name} answers as transformers does, in every map`, async ({ page, text }) => {
    await text.open()
    const model = await load(page, name)
    for (const { input, data, head, caseName } of goldenCases(name)) {
      const capture = { attentions: true, hiddenStates: true }
      const result = await forward(page, { model, ...input, capture })
      expect(Object.keys(result.logits), caseName).toEqual([head])
      expectClose([result.logits[head] as { data: Float32Array }], data(`logits.${head}`), 1e-3)
      expectClose(result.attentions, data('attentions'), 1e-4)
      expectClose(result.decoderAttentions, data('decoder_attentions'), 1e-4)
      expectClose(result.crossAttentions, data('cross_attentions'), 1e-4)
      expectClose(result.hiddenStates, data('hidden_states'), 1e-3)
      expectClose(result.decoderHiddenStates, data('decoder_hidden_states'), 1e-3)
    }
  })
}

for (const name of WRITING) {
  test(`${name} writes what transformers writes`, async ({ page, text }) => {
    await text.open()
    const model = await load(page, name)
    const cases = JSON.parse(readFileSync(`${GOLDEN}/${name}/generate.json`, 'utf8')) as {
      inputIds: number[]
      maxNewTokens: number
      sequences: number[][]
      scores: number[]
    }[]
    const found = await page.evaluate(
      async ({ model, requests }) => {
        const answers = []
        for (const request of requests) answers.push(await window.clsroom.generate({ model, ...request }))
        return answers
      },
      { model, requests: cases.map(({ sequences: _, scores: __, ...request }) => request) },
    )
    expect(found.map(({ sequences }) => sequences)).toEqual(cases.map(({ sequences }) => sequences))
    for (const [i, { scores }] of found.entries()) {
      for (const [j, score] of scores.entries()) expect(score).toBeCloseTo(cases[i]?.scores[j] as number, 4)
    }
  })
}

test('a mask of keys holds for the decoder too, and without its inputs it reads its start alone', async ({
  page,
  text,
}) => {
  await text.open()
  const model = await load(page, 't5-relu')
  const capture = { attentions: true }
  const { crossAttentions, decoderAttentions, logits } = await forward(page, {
    model,
    inputIds: [4, 9, 8, 0],
    mask: [1, 1, 1, 0],
    capture,
  })
  expect(decoderAttentions?.map(({ dims }) => dims)).toEqual(Array(2).fill([3, 1, 1]))
  expect(crossAttentions?.map(({ dims }) => dims)).toEqual(Array(2).fill([3, 1, 4]))
  for (const { data } of crossAttentions ?? []) expect([3, 7, 11].map((i) => data[i])).toEqual([0, 0, 0])
  expect(logits.lm?.dims).toEqual([1, 67])
})

test('no lab takes a decoder that does not write: the sheet and a link say so, and all stays as it was', async ({
  page,
  text,
}) => {
  await text.open()
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('load-model').getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(['config.json', 'model.safetensors'].map((name) => `${GOLDEN}/gpt2-classes/${name}`))
  await expect(page.getByTestId('load-model')).toContainText('No lab has a use for this model')
  await expect(page.getByTestId('load-model')).toContainText('gpt2, a causal decoder')
  await page.getByTestId('load-model').getByRole('button', { name: 'Close' }).click()
  const model = await load(page, 't5-relu')
  const refused = await text.setState({ model }).catch((error: Error) => error.message)
  expect(refused).toContain('This lab has no use for the model: found t5, an encoder–decoder')
  expect(await text.state()).toMatchObject({ model: 'clsroom-bert' })
  await text.expectMapDrawn()
})
