/** What people bring, as they meet it on the page: heads of every kind, files that disagree, odd sizes, models that are refused. */

import { type Change, checkpoint, chooseFolder, chooseModel, type Tensor, withHead } from './checkpoints.ts'
import { png } from './pictures.ts'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

const PRAISE = 'The movie was excellent.'
const BLAME = 'The movie was awful.'
const DIFFERENCE: [number, number] = [-1, 1]
const OPPOSITE: [number, number] = [1, -1]

const shares = (text: TextPage) =>
  text.readouts
    .getByTestId('probabilities')
    .locator('.bar-row .bar-value')
    .evaluateAll((values) => values.map((value) => Number.parseFloat(value.textContent ?? '')))
const sigmoid = (logit: number) => 100 / (1 + Math.exp(-logit))

test.describe('heads', () => {
  /** Opens the text lab with BERT and this head. */
  async function open(text: TextPage, folder: string, change: Change) {
    await text.open()
    await chooseModel(text.page, checkpoint(folder, 'clsroom-bert', change))
  }

  test('one label is a probability by itself, not the whole of a distribution', async ({ text }, info) => {
    await open(text, info.outputPath('one-label'), withHead('classifier', [DIFFERENCE], { id2label: { 0: 'LABEL_0' } }))
    for (const [sentence, isHigh] of [
      [PRAISE, true],
      [BLAME, false],
    ] as const) {
      await text.show(sentence)
      const [shown] = await shares(text)
      const { data } = (await text.run()).logits.classifier as { data: Float32Array }
      expect(shown).toBeCloseTo(sigmoid(data[0] as number), 1)
      expect((shown as number) > 50).toBe(isHigh)
    }
    await expect(text.readouts).toContainText('need not add up')
  })

  test('several labels hold or not, each by itself', async ({ text }, info) => {
    const names = ['praise', 'joy', 'insult', 'toxic']
    const change = withHead('classifier', [DIFFERENCE, DIFFERENCE, OPPOSITE, OPPOSITE], {
      id2label: Object.fromEntries(names.entries()),
      problem_type: 'multi_label_classification',
    })
    await open(text, info.outputPath('multi-label'), change)
    await text.show(PRAISE)
    const bars = text.readouts.getByTestId('probabilities')
    await expect(bars.locator('.bar-label')).toHaveText(names)
    const [praise, joy, insult, toxic] = (await shares(text)) as [number, number, number, number]
    expect(praise).toBe(joy)
    expect(insult).toBe(toxic)
    expect(praise + insult).toBeCloseTo(100, 0)
    expect(praise).toBeGreaterThan(80)
    await expect(bars.locator('[data-first]')).toHaveCount(0)
  })

  test('a regression gives its number', async ({ text }, info) => {
    const config = { id2label: { 0: 'stars' }, problem_type: 'regression' }
    await open(text, info.outputPath('regression'), withHead('classifier', [DIFFERENCE], config))
    await text.show(PRAISE)
    const { data } = (await text.run()).logits.classifier as { data: Float32Array }
    const number = text.readouts.getByTestId('numbers').locator('dd').first()
    await expect(number).toHaveText((data[0] as number).toFixed(3).replace('-', '−'))
    await expect(text.readouts.getByTestId('probabilities')).toHaveCount(0)
  })

  for (const pooler of [true, false]) {
    test(`one label a token, ${pooler ? 'with' : 'without'} a pooler; the snippet says so`, async ({
      page,
      text,
    }, info) => {
      const names = ['O', 'B-PER', 'I-PER']
      const head = withHead(
        'classifier',
        [
          [1, 0],
          [0, 1],
          [0.5, 0.5],
        ],
        {
          id2label: Object.fromEntries(names.entries()),
          architectures: ['BertForTokenClassification'],
        },
      )
      const weights: Change['weights'] = (all) =>
        new Map([...(head.weights?.(all) ?? all)].filter(([name]) => pooler || !name.includes('pooler')))
      await open(text, info.outputPath('ner'), { ...head, weights })
      await text.show(PRAISE)
      const tokens = text.readouts.getByTestId('token-labels').locator('.token-label')
      await expect(tokens.locator('.stamp')).toHaveText(await text.labels())
      const { dims, data } = (await text.run()).logits.tokens as { dims: number[]; data: Float32Array }
      expect(dims).toEqual([(await text.labels()).length, 3])
      const best = Array.from({ length: dims[0] as number }, (_, t) => {
        const row = data.subarray(t * 3, t * 3 + 3)
        return names[row.indexOf(Math.max(...row))] as string
      })
      await expect(tokens.locator('.token-label-class')).toHaveText(best)
      await tokens.nth(2).click()
      await expect(tokens.nth(2)).toHaveAttribute('aria-pressed', 'true')
      const sum = (await shares(text)).reduce((all, share) => all + share, 0)
      expect(sum).toBeCloseTo(100, 0)
      await page.evaluate(() => {
        navigator.clipboard.writeText = async (code) => {
          Object.assign(window, { copied: code })
        }
      })
      await page.getByRole('button', { name: 'Copy as Python' }).first().click()
      await expect
        .poll(() => page.evaluate(() => (window as unknown as { copied?: string }).copied))
        .toContain('BertForTokenClassification.from_pretrained')
    })
  }

  test('the answer to a question is a stretch of the text', async ({ text }, info) => {
    const head = withHead('qa_outputs', [DIFFERENCE, OPPOSITE], { architectures: ['BertForQuestionAnswering'] })
    await open(text, info.outputPath('qa'), head)
    await text.show('Was it good?', PRAISE)
    const answer = text.readouts.getByTestId('span').locator('.binary-answer')
    const [from, to] = await Promise.all(
      ['data-from', 'data-to'].map(async (name) => Number(await answer.getAttribute(name))),
    )
    const chips = await text.tokens()
    expect(chips[from as number]?.segment).toBe(1)
    expect(to).toBeGreaterThanOrEqual(from as number)
    const words = chips.slice(from, (to as number) + 1).map(({ label }) => label)
    await expect(answer).toContainText(words.join(' ').replaceAll(' ##', ''))
  })

  test('an answer is compared in every tool that runs the model again', async ({ page, text }, info) => {
    const head = withHead('qa_outputs', [DIFFERENCE, OPPOSITE], { architectures: ['BertForQuestionAnswering'] })
    await open(text, info.outputPath('qa'), head)
    await text.show('Was it good?', PRAISE)
    const answer = text.readouts.getByTestId('span').locator('.binary-answer')
    const before = ((await answer.textContent()) ?? '').trim()
    await page.getByTestId('pin').click()
    const from = Number(await answer.getAttribute('data-from'))
    await text.chips.nth(from).click()
    await text.rerun(() => text.act('Remove'))
    await page.getByTestId('tool-compare').press('Enter')
    const rows = page.getByTestId('comparison').locator('tr[data-readout^=span]')
    await expect(rows).toHaveCount(3)
    const cells = rows.and(page.locator('[data-readout="span"]')).locator('td')
    expect(before).toContain(((await cells.first().locator('.comparison-answer').textContent()) ?? '').trim())
    await expect(cells.nth(1)).toContainText('TV')
    await expect(rows.and(page.locator('[data-readout="span start"]')).locator('th')).toHaveText('Starts at')

    // Hide, mask, remove: hidden is as usual; masked and removed lose the word.
    await page.getByTestId('tool-silence').press('Enter')
    await text.select('was', 1)
    await expect(page.locator('tr[data-readout^=span]')).toHaveCount(3)
    await expect(page.locator('tr[data-readout="span"] td[data-column=hidden] .comparison-change')).not.toContainText(
      'TV',
    )

    await page.getByTestId('tool-ablation').press('Enter')
    await page.getByRole('button', { name: /Measure every head alone/ }).click()
    await expect(page.getByText('The read-out each head moves most, alone')).toBeVisible({ timeout: 60_000 })
    for (const tool of ['reads', 'token', 'attention', 'norms', 'pad', 'pooling', 'mask', 'embedding', 'unk']) {
      await page.getByTestId(`tool-${tool}`).press('Enter')
      await expect(page.getByTestId('drawer')).toBeVisible()
      await expect(page.getByTestId('drawer').getByTestId('unfetched')).toHaveCount(0)
      await expect(page.getByTestId('drawer')).not.toContainText(/undefined|NaN/)
    }
  })

  test('a head that the page cannot show is named', async ({ text }, info) => {
    await open(
      text,
      info.outputPath('choices'),
      withHead('classifier', [DIFFERENCE], { architectures: ['BertForMultipleChoice'] }),
    )
    await expect(text.readouts.getByTestId('other-heads')).toContainText('classifier')
  })
})

test('where the files disagree about case, the page does as transformers does', async ({ text }, info) => {
  const files = { 'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'BertTokenizer', do_lower_case: false }) }
  await text.open()
  await chooseModel(text.page, checkpoint(info.outputPath('cased'), 'clsroom-bert', { files }))
  await text.show('The Movie')
  expect(await text.labels()).toEqual(['[CLS]', '[UNK]', '[UNK]', '[SEP]'])
})

test.describe('pictures', () => {
  /** A strip of colours on top of one colour: a model that saw the strip alone would not tell what lies below. */
  const photo = (below: [number, number, number]) => ({
    name: 'photo.png',
    mimeType: 'image/png',
    buffer: png(256, 256, (x, y) => (y < 16 ? [x % 256, 255 - (x % 256), 60] : below)),
  })

  test('without a preprocessor the whole picture is read, at the model’s own size', async ({ page, vision }, info) => {
    await vision.open()
    const folder = checkpoint(info.outputPath('bare'), 'clsroom-vit', { files: { 'preprocessor_config.json': null } })
    await chooseModel(page, folder)
    await vision.rerun(() => vision.drop(photo([30, 200, 30])))
    const green = await vision.probabilities()
    await vision.rerun(() => vision.drop(photo([200, 30, 200])))
    expect(await vision.probabilities()).not.toEqual(green)
  })

  test('a preprocessor for another size is refused, naming both', async ({ page, vision }, info) => {
    await vision.open()
    for (const side of [64, 16]) {
      const files = { 'preprocessor_config.json': JSON.stringify({ size: { height: side, width: side } }) }
      await chooseFolder(page, checkpoint(info.outputPath(`side-${side}`), 'clsroom-vit', { files }))
      const told = page.getByTestId('load-model').getByTestId('banner')
      await expect(told).toContainText(`${side} × ${side}`)
      await expect(told).toContainText('32 × 32')
      await page.getByTestId('load-model').getByRole('button', { name: 'Close' }).click()
    }
  })

  test('a wide model reads a wide picture whole', async ({ page, vision }, info) => {
    const positions = 'vit.embeddings.position_embeddings'
    const weights: Change['weights'] = (all) => {
      const { shape, data } = all.get(positions) as Tensor
      const D = shape[2] as number
      const row = (p: number) => data.subarray(p * D, (p + 1) * D)
      const grid = Array.from({ length: 8 * 16 }, (_, p) => row(1 + Math.floor(p / 16) * 8 + Math.floor((p % 16) / 2)))
      const wide = [row(0), ...grid].flatMap((one) => [...one])
      return new Map([...all, [positions, { shape: [1, 1 + 8 * 16, D], data: Float32Array.from(wide) }]])
    }
    await vision.open()
    const folder = checkpoint(info.outputPath('wide'), 'clsroom-vit', {
      weights,
      config: (config) => ({ ...config, image_size: [32, 64] }),
      files: { 'preprocessor_config.json': JSON.stringify({ size: { height: 32, width: 64 } }) },
    })
    await chooseModel(page, folder)
    // The ends of the picture are red: a square from the middle would have none of it.
    const wide = (x: number) =>
      x < 40 || x >= 216 ? ([220, 20, 20] as [number, number, number]) : ([20, 20, 220] as [number, number, number])
    await vision.rerun(() => vision.drop({ name: 'wide.png', mimeType: 'image/png', buffer: png(256, 128, wide) }))
    await expect(vision.patches).toHaveCount(8 * 16)
    const box = (await vision.photo.locator('canvas').boundingBox()) as { width: number; height: number }
    expect(box.width / box.height).toBeCloseTo(2, 1)
    expect(await vision.probabilities()).not.toHaveLength(0)
    await expect(vision.banner).toHaveCount(0)
  })
})

test('a kind that nothing runs is refused from its config.json alone, and nothing of it is kept', async ({
  page,
  text,
}) => {
  const asked: string[] = []
  await page.context().route('https://huggingface.co/**', (route) => {
    asked.push(new URL(route.request().url()).pathname)
    return route.fulfill({ json: { model_type: 'llama' }, headers: { 'access-control-allow-origin': '*' } })
  })
  await text.open()
  await page.getByTestId('own-model').click()
  const dialog = page.getByTestId('load-model')
  await dialog.getByTestId('model-address').fill(' https://huggingface.co/org/llama/tree/main ')
  await page.keyboard.press('Enter')
  await expect(dialog.getByTestId('banner')).toContainText('bert, vit')
  expect(asked).toEqual(['/org/llama/resolve/main/config.json'])
  expect(await page.evaluate(async () => (await (await caches.open('clsroom-models-v1')).keys()).length)).toBe(0)
})
test.use({ allowed: [[/^https:\/\/huggingface\.co\//], { scope: 'test' }] })
