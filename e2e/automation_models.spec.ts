/** Models that reconstruct, detect, match and listen, through `window.clsroom` of the built page against transformers; and in the labs. */

import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Weights } from '../src/core/model.ts'
import { parseSafetensors } from '../src/loaders/safetensors.ts'
import type { AutomationForward } from '../src/state/automation_types.ts'
import { expect, test } from './test.ts'

const GOLDEN = 'src/models/golden'
/** What the automation calls the arrays that the golden vectors hold. */
const PARTS = {
  attentions: 'attentions',
  hiddenStates: 'hidden_states',
  decoderAttentions: 'decoder_attentions',
  crossAttentions: 'cross_attentions',
  decoderHiddenStates: 'decoder_hidden_states',
} as const

type Input = Omit<AutomationForward, 'model'>

function casesOf(name: string): [name: string, cases: Weights][] {
  const cases = parseSafetensors(new Uint8Array(readFileSync(`${GOLDEN}/${name}/cases.safetensors`)).buffer)
  return [...new Set([...cases.keys()].map((key) => key.split('.')[0] as string))].map((one) => [one, cases])
}

function inputOf(cases: Weights, name: string): Input {
  const array = (key: string) => cases.get(`${name}.${key}`)
  const numbers = (key: string) => array(key) && [...(array(key)?.data ?? [])]
  const put = <Dims>(key: string) => array(key) && { dims: array(key)?.shape as Dims, data: numbers(key) as number[] }
  const T = array('ids')?.data.length ?? 0
  const mask = numbers('mask')
  return {
    inputIds: numbers('ids'),
    pixelValues: put('pixels'),
    inputValues: put('spectrogram'),
    keptPatches: numbers('kept'),
    mask: mask && Array.from({ length: T }, (_, q) => mask.slice(q * T, (q + 1) * T)),
  }
}

async function load(page: Page, name: string): Promise<string> {
  const config = readFileSync(`${GOLDEN}/${name}/config.json`, 'utf8')
  const weights = readFileSync(`${GOLDEN}/${name}/model.safetensors`).toString('base64')
  return page.evaluate(
    async ([config, weights]) => {
      const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0))
      const files = { 'config.json': config, 'model.safetensors': bytes.buffer }
      return (await window.clsroom.loadModel(files)).id
    },
    [config, weights] as const,
  )
}

/** Everything a run gives, as plain numbers: its logits by head, its other parts one layer after another. */
function run(page: Page, model: string, input: Input): Promise<Record<string, number[]>> {
  return page.evaluate(
    async ([model, input, parts]) => {
      const { logits, ...result } = await window.clsroom.forward({ model, ...input })
      const heads = Object.entries(logits).map(([head, { data }]) => [`logits.${head}`, [...data]])
      const layers = Object.entries(parts).flatMap(([ours, theirs]) => {
        const given = result[ours as keyof typeof parts]
        return given && given.length > 0 ? [[theirs, given.flatMap(({ data }) => [...data])]] : []
      })
      return Object.fromEntries([...heads, ...layers]) as Record<string, number[]>
    },
    [model, input, PARTS] as const,
  )
}

for (const name of ['vit-mae', 'yolos-mid-positions', 'clip', 'audio-spectrogram-transformer', 'detr-bottleneck']) {
  test(`${name} answers as transformers does`, async ({ page, text }) => {
    await text.open()
    const model = await load(page, name)
    for (const [one, cases] of casesOf(name)) {
      const input = inputOf(cases, one)
      const each = !(input.inputIds && input.pixelValues)
      const found = await run(page, model, { ...input, capture: { attentions: each, hiddenStates: each } })
      const answers = [...cases.keys()].flatMap((key) => {
        const part = key.slice(one.length + 1)
        return key.startsWith(`${one}.`) && /logits|attentions|hidden/.test(part) ? [part] : []
      })
      expect(Object.keys(found).sort()).toEqual(answers.sort())
      for (const part of answers) {
        const expected = cases.get(`${one}.${part}`)?.data as Float32Array
        expect(found[part]).toHaveLength(expected.length)
        const worst = expected.reduce(
          (max, value, i) => Math.max(max, Math.abs((found[part]?.[i] as number) - value) / (1 + Math.abs(value))),
          0,
        )
        expect(worst, `${one}: ${part}`).toBeLessThan(1e-3)
      }
    }
  })
}

async function openFolder(page: Page, name: string): Promise<void> {
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('load-model').getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles([`${GOLDEN}/${name}/config.json`, `${GOLDEN}/${name}/model.safetensors`])
}

test('a detector, which no lab can show, is refused in words, and everything stays as it is', async ({
  page,
  text,
}) => {
  await text.open()
  const before = await text.state()
  for (const name of ['yolos', 'detr', 'clip', 'audio-spectrogram-transformer']) {
    await openFolder(page, name)
    const sheet = page.getByTestId('load-model')
    await expect(sheet).toContainText('No lab has a use for this model')
    await expect(sheet).toContainText(/a detector of objects|a pair of towers|a listener to sounds/)
    await sheet.getByRole('button', { name: 'Close' }).click()
    await expect(sheet).toBeHidden()
  }
  expect(await text.state()).toEqual(before)
})

test('the encoder of a masked autoencoder opens in the vision lab', async ({ page, text, vision }) => {
  await text.open()
  await openFolder(page, 'vit-mae')
  await expect(page.getByTestId('load-model')).toBeHidden()
  expect(await vision.state()).toMatchObject({ lab: 'vision', model: 'files-1' })
})
