/** Every architecture in the built page: its golden vectors through `window.clsroom`, and its special tokens in the labs. */

import { readFileSync } from 'node:fs'
import type { Weights } from '../src/core/model.ts'
import type { AutomationForward } from '../src/state/automation_types.ts'
import { checkpoint, chooseModel } from './checkpoints.ts'
import { base64, GOLDEN, goldenCases, goldenNames } from './golden.ts'
import { expect, test } from './test.ts'

const TOLERANCE = 1e-3

/** A case as the automation surface takes it. */
function inputOf(cases: Weights, name: string): Omit<AutomationForward, 'model'> {
  const array = (key: string) => cases.get(`${name}.${key}`)
  const list = (key: string) => {
    const found = array(key)
    return found && [...found.data]
  }
  const rows = (key: string) => {
    const found = array(key)
    const keys = found?.shape[1] as number
    return (
      found &&
      Array.from({ length: found.shape[0] as number }, (_, q) => [...found.data.slice(q * keys, (q + 1) * keys)])
    )
  }
  const [pixels, heard, features] = [array('pixels'), array('spectrogram'), array('rows')]
  const causal = list('causal')?.[0] === 0 ? false : undefined
  return {
    inputIds: list('ids'),
    tokenTypeIds: list('segments'),
    positionIds: list('positions'),
    decoderInputIds: list('decoder_ids'),
    mask: rows('mask'),
    decoderMask: rows('decoder_mask'),
    crossMask: rows('cross_mask'),
    causal,
    pixelValues: pixels && { dims: pixels.shape as [number, number, number], data: [...pixels.data] },
    inputFeatures: features && { dims: features.shape as [number, number], data: [...features.data] },
    keptPatches: list('kept'),
    inputValues: heard && { dims: heard.shape as [number, number], data: [...heard.data] },
  }
}

/** The largest |found − expected| / (1 + |expected|). */
function worst(found: readonly number[], expected: Float32Array): number {
  expect(found.length).toBe(expected.length)
  return found.reduce((max, value, i) => {
    const error = Math.abs(value - (expected[i] as number)) / (1 + Math.abs(expected[i] as number))
    return error > max || Number.isNaN(error) ? error : max
  }, 0)
}

test('golden vectors of every architecture', async ({ text }) => {
  test.slow()
  await text.open()
  for (const name of goldenNames()) {
    const { cases, names } = goldenCases(name)
    const files = ['config.json', 'model.safetensors'].map((file): [string, string] => [
      file,
      base64(`${GOLDEN}/${name}/${file}`),
    ])
    const inputs = names.map((one) => inputOf(cases, one))
    const results = await text.page.evaluate(
      async ({ files, inputs }) => {
        const bytes = (code: string) => Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0)).buffer
        const { id } = await window.clsroom.loadModel(
          Object.fromEntries(files.map(([file, code]) => [file, bytes(code)])),
        )
        const plain = (arrays: { data: Float32Array }[] = []) => arrays.flatMap(({ data }) => [...data])
        const answers = []
        for (const input of inputs) {
          const both = input.inputIds !== undefined && input.pixelValues !== undefined // no maps of two towers at once
          const capture = { attentions: !both, hiddenStates: !both }
          const result = await window.clsroom.forward({ ...input, model: id, capture })
          answers.push({
            logits: Object.entries(result.logits).map(([head, { data }]): [string, number[]] => [head, [...data]]),
            layers: {
              attentions: plain(result.attentions),
              hidden_states: plain(result.hiddenStates),
              decoder_attentions: plain(result.decoderAttentions),
              cross_attentions: plain(result.crossAttentions),
              decoder_hidden_states: plain(result.decoderHiddenStates),
            },
          })
        }
        return answers
      },
      { files, inputs },
    )
    names.forEach((one, i) => {
      const { logits, layers } = results[i] as (typeof results)[number]
      const expected = (key: string) => cases.get(`${one}.${key}`)?.data ?? new Float32Array()
      const said = `${name}, ${one}`
      for (const [what, found] of Object.entries(layers)) {
        expect(worst(found, expected(what)), `${said}: ${what}`).toBeLessThan(TOLERANCE)
      }
      expect(logits.length, said).toBeGreaterThan(0)
      for (const [head, data] of logits) {
        expect(worst(data, expected(`logits.${head}`)), `${said}: ${head}`).toBeLessThan(TOLERANCE)
      }
    })
  }
})

test.describe('in the text lab', () => {
  const SPECIALS = ['<s>', '<pad>', '</s>', '<unk>', '<mask>']
  const WORDS = ['the', 'film', 'was', 'good', 'we', 'liked', 'it', '.']

  /** RoBERTa's golden model with a vocabulary of words. */
  const words = JSON.stringify({
    added_tokens: SPECIALS.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'RobertaProcessing', cls: ['<s>', 0], sep: ['</s>', 2] },
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries([...SPECIALS, ...WORDS].map((word, id) => [word, id])),
      unk_token: '<unk>',
    },
  })

  test('RoBERTa: its own special tokens, two separators between segments, positions behind the padding', async ({
    text,
  }, info) => {
    const folder = checkpoint(info.outputPath('roberta'), `../../${GOLDEN}/roberta-mlm`, {
      files: { 'tokenizer.json': words },
    })
    await text.open()
    await chooseModel(text.page, folder)
    await text.show('the film was good', 'we liked it')
    expect((await text.tokens()).map(({ label }) => label)).toEqual(
      '<s> the film was good </s> </s> we liked it </s>'.split(' '),
    )
    expect((await text.tokens()).map(({ position }) => position)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    await text.expectMapDrawn()
    await text.rerun(async () => {
      await text.select('film')
      await text.page.keyboard.press('m')
    })
    expect((await text.tokens())[2]).toMatchObject({ label: 'film', status: 'masked' })
    await text.expectMapDrawn()
  })

  test('ELECTRA says for every token whether it was replaced', async ({ text }, info) => {
    const bert = JSON.parse(words)
    const folder = checkpoint(info.outputPath('electra'), `../../${GOLDEN}/electra-discriminator`, {
      files: {
        'tokenizer.json': JSON.stringify({
          ...bert,
          post_processor: { ...bert.post_processor, type: 'BertProcessing' },
        }),
      },
    })
    await text.open()
    await chooseModel(text.page, folder)
    await text.show('the film was good')
    const { data } = (await text.run()).logits.replaced as { data: Float32Array }
    const labels = text.readouts.getByTestId('token-labels').getByRole('button')
    await expect(labels).toHaveCount(6)
    const said = await labels.allTextContents()
    said.forEach((label, row) => {
      expect(label.includes('not replaced'), `row ${row}: ${label}`).toBe((data[row] as number) < 0)
    })
  })
})

test.describe('in the vision lab', () => {
  const preprocessor = JSON.stringify({
    ...JSON.parse(readFileSync('public/models/clsroom-vit/preprocessor_config.json', 'utf8')),
    size: { height: 12, width: 12 },
  })

  test('DeiT: the distillation token has a place, an answer and a key to be silenced', async ({ vision }, info) => {
    const folder = checkpoint(info.outputPath('deit'), `../../${GOLDEN}/deit-teacher`, {
      files: { 'preprocessor_config.json': preprocessor },
    })
    await vision.open()
    await chooseModel(vision.page, folder)
    await expect(vision.page.getByTestId('probabilities').locator('h3')).toHaveText([
      'Class, mean of what [CLS] and [DIST] say',
      'Class, read from [CLS]',
      'Class, read from [DIST]',
    ])
    await vision.rerun(async () => {
      await vision.select('[DIST]')
      await vision.page.keyboard.press('Delete')
    })
    await expect(vision.page.getByTestId('probabilities').locator('h3')).toHaveText(['Class, read from [CLS]'])
  })

  test('DINOv2 with registers answers from [CLS] and the average of the patches', async ({ vision }, info) => {
    const folder = checkpoint(info.outputPath('dinov2'), `../../${GOLDEN}/dinov2-registers`, {
      files: { 'preprocessor_config.json': preprocessor.replaceAll(':12', ':24') },
    })
    await vision.open()
    await chooseModel(vision.page, folder)
    await expect(vision.page.getByTestId('probabilities').locator('h3')).toHaveText([
      'Class, from [CLS] and the average of the patches',
    ])
    expect((await vision.tokens()).map(({ label }) => label).slice(0, 4)).toEqual([
      '[CLS]',
      '[REG1]',
      '[REG2]',
      '[REG3]',
    ])
    await vision.page.getByTestId('tool-registers').click()
    await expect(vision.page.getByTestId('own-norms')).toContainText('Its registers are')
  })
})
