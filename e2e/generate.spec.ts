/** The Generate lab, as a reader meets it. One page serves a few tests that follow one another. */

import { readFileSync } from 'node:fs'
import { expectLinkWritten } from './lab_page.ts'
import { expect, test } from './test.ts'

/** Seed 4 of "A dog is": it ends itself after two sentences. */
const DOG = [367, 822, 17, 3, 301, 505, 981, 280, 716, 1280, 17, 3, 2]

test('a text is written to its own end, one row a token, and its link holds it', async ({ page, generate }) => {
  await generate.open()
  await generate.show('A dog is', { seed: 4 })
  await generate.write()
  expect(await generate.written()).toEqual(DOG)
  await expect(page.getByTestId('ended')).toHaveAttribute('data-ended', 'eos')
  await expect(page.getByTestId('write')).toBeDisabled()
  await expect(page.getByTestId('rows')).toContainText('1 row computed, 16 kept')
  await expect(page.getByTestId('rows')).toContainText('tokens a second')
  await expect(page.getByTestId('map-fresh')).toHaveAttribute('data-row', '16')
  const kinds = (await generate.tokens()).map(({ kind }) => kind)
  expect(kinds[0]).toBe('bos')
  expect(kinds.filter((kind) => kind === 'eosent')).toHaveLength(2)
  expect(kinds.at(-1)).toBe('eos')
  await expectLinkWritten(generate)

  // The map on screen is the one that a whole forward of the same ids gives.
  const { model } = (await generate.state()) as { model: string }
  const ids = (await generate.tokens()).map(({ id }) => id)
  const maps = await page.evaluate(
    async ([id, inputIds]) => {
      const { attentions = [] } = await window.clsroom.forward({
        model: id as string,
        inputIds: inputIds as number[],
        capture: { attentions: true },
      })
      return Array.from(attentions[0]?.data.subarray(16 * 17, 17 * 17) ?? [])
    },
    [model, ids],
  )
  await generate.chooseHead(0, 0)
  const { cells } = await generate.shownMap()
  for (const [key, value] of maps.entries()) {
    expect(Number(cells[16]?.[key]?.replace('< ', ''))).toBeCloseTo(value, 2)
  }

  // One step of undo takes all of it back, and the same link writes nothing anew.
  const address = page.url()
  await page.keyboard.press('Control+z')
  await expect.poll(() => generate.written()).toEqual([])
  await page.goto('about:blank')
  await page.goto(address)
  await generate.ready()
  await expect.poll(() => generate.written()).toEqual(DOG)
})

test('writing ends where the page shows another lab; what was written stays', async ({ page, generate }) => {
  await generate.open()
  await generate.show('Once upon a time there was a', { seed: 3 })
  await page.getByTestId('write').click()
  await expect.poll(async () => (await generate.written()).length).toBeGreaterThan(2)
  await page.evaluate(() => location.assign('#/text'))
  await expect(page.getByTestId('text-lab')).toBeVisible()
  await page.goBack()
  await expect(generate.candidates).toBeVisible()
  expect(await page.getByTestId('stop').count()).toBe(0)
  await generate.rested()
  const written = await generate.written()
  await page.getByTestId('write-one').click()
  await expect.poll(() => generate.written()).toHaveLength(written.length + 1)
})

test('arrow keys choose, write and take back; R draws anew', async ({ page, generate }) => {
  await generate.open()
  await generate.show('Once upon a time there was a')
  await generate.candidates.focus()
  const drawn = await generate.chosen()
  await page.keyboard.press('ArrowUp')
  const other = await generate.chosen()
  expect(other).not.toBe(drawn)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => generate.written()).toEqual([other])
  await expect(generate.chips).toHaveCount(9)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => generate.written()).toEqual([])
  await expect(generate.chips).toHaveCount(8)
  await expect(page.getByTestId('draw')).toContainText('Seed 1 gives u = 0.6271')
  await page.keyboard.press('r')
  await expect(page.getByTestId('draw')).toContainText('Seed 2')
  await expect(page.getByTestId('seed')).toHaveValue('2')
  await page.keyboard.press('Enter')
  await expect.poll(() => generate.written()).toHaveLength(1)
  // The drawn one is said with what was most probable.
  await expect(page.getByTestId('draw')).toContainText(/Most probable was .+ \(.+ %\), drawn was .+ \(.+ %\)\./)
})

test('writing stops within one token, goes on, and leaves the page responsive', async ({ page, generate }) => {
  await generate.open()
  await generate.show('Once upon a time there was a', { seed: 3 })
  await page.getByTestId('write').click()
  await expect.poll(async () => (await generate.written()).length).toBeGreaterThan(2)
  const asked = await page.evaluate(() => {
    document.querySelector<HTMLElement>('[data-testid=stop]')?.click()
    return (window.clsroom.state() as { written?: number[] }).written?.length ?? 0
  })
  await expect(page.getByTestId('write')).toBeEnabled()
  const stopped = (await generate.written()).length
  expect(stopped).toBeLessThanOrEqual(asked + 1)
  await generate.page.waitForTimeout(300)
  expect((await generate.written()).length).toBe(stopped)
  const { gpuBytes } = await page.evaluate(() => window.clsroom.stats())
  await generate.write()
  expect((await generate.written()).length).toBeGreaterThan(stopped)
  // Nothing of a step is kept but its keys and values.
  expect((await page.evaluate(() => window.clsroom.stats())).gpuBytes).toBeLessThanOrEqual(gpuBytes * 1.5)
})

test('every stage of the sampling says what is left; temperature 0 takes the most probable', async ({
  page,
  generate,
}) => {
  await generate.open()
  await generate.openTool('sampling')
  const stage = (id: string) => page.getByTestId('stages').locator(`[data-stage=${id}] td`).first()
  await expect(stage('model')).toHaveText('4,096 of 4,096')
  await expect(stage('topK')).toHaveText('50 of 4,096')
  const survivors = async () => Number((await stage('topP').textContent())?.split(' ')[0])
  const before = await survivors()
  await page.getByTestId('top-p').focus()
  for (let i = 0; i < 45; i++) await page.keyboard.press('ArrowLeft')
  await expect.poll(survivors).toBeLessThan(before)
  await expect(page.getByTestId('sorted').locator('.cut-line')).toContainText(
    `${await survivors()} tokens may be drawn`,
  )
  await page.getByTestId('temperature').focus()
  await page.keyboard.press('Home')
  await expect(page.getByTestId('draw')).toContainText('Temperature 0')
  await generate.write('write-one')
  await generate.openTool('steps')
  await expect(page.getByTestId('steps').locator('tr[data-written]').last()).toContainText(/\b1\b/)
  const download = page.waitForEvent('download')
  await page.getByTestId('steps-tool').getByTestId('export').click()
  await page.getByTestId('export-menu').locator('[data-action=csv]').click()
  const csv = readFileSync(await (await download).path(), 'utf8').split('\r\n')
  expect(csv[0]).toContain('row,id,token,how,p,log_p,rank,entropy_bits,p_eos,seed,u')
  expect(csv).toHaveLength(1 + 8 + 1)
})

test('a prompt longer than the context, an emptied one, and bytes of a broken character', async ({
  page,
  generate,
}) => {
  await generate.open()
  await generate.prompt.fill('The fox was very tired. '.repeat(40))
  await expect(page.getByTestId('dropped')).toContainText('The first')
  await expect(page.getByTestId('dropped').locator('del')).toContainText('The fox')
  await generate.write('write-one')
  expect(await generate.written()).toHaveLength(1)
  await generate.prompt.fill('')
  await expect(generate.chips).toHaveCount(1)
  await expect(page.getByTestId('dropped')).toHaveCount(0)
  await generate.write('write-one')
  await expect(generate.chips).toHaveCount(2)
  await generate.prompt.fill('a 🦄')
  await expect.poll(() => generate.labels()).toEqual(['<bos>', 'a', '␣', 'F0', '9F', 'A6', '84'])
  await expect(generate.banner).toHaveCount(0)
})

test('a masked key is 0, a future cell turns the cache off, and two branches are compared', async ({
  page,
  generate,
}) => {
  await generate.open()
  await generate.show('The capital of France is', { sampling: { temperature: 0 } })
  await page.getByTestId('pin').click()
  await generate.rerun(() => generate.chip('<bos>').press('m'))
  const { cells } = await generate.shownMap()
  expect(cells.slice(1).map((row) => row[0])).toEqual(Array(5).fill('0'))
  await generate.openTool('compare')
  await expect(page.getByTestId('compare-tool')).toContainText('made of the same tokens')
  const bits = page.getByTestId('branches').locator('tbody tr').last().locator('td').last()
  expect(Number(await bits.textContent())).toBeGreaterThan(0)
  await generate.openTool('reads')
  await expect(page.getByTestId('check-most')).toContainText('bits (KL)')
  await page.getByTestId('mask-each').getByRole('button').click()
  await expect(page.getByTestId('reads-correlation')).toContainText('ρ =')
  await generate.openTool('mask')
  await page.getByTestId('mask-preset').selectOption('padding')
  await generate.openTool('cache')
  await expect(page.getByTestId('cache-rows')).toContainText('nothing can be kept')
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('cache-rows')).not.toContainText('nothing can be kept')
  await page.getByTestId('measure-cache').getByRole('button').click()
  await expect(page.getByTestId('cache-cost')).toContainText('times as long')
})

test('every example opens without a complaint', async ({ page, generate }) => {
  await generate.open()
  await page.getByTestId('examples').click()
  const ids = await page
    .getByTestId('example-menu')
    .getByRole('menuitem')
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.action ?? ''))
  await page.keyboard.press('Escape')
  for (const id of ids) {
    await page.getByTestId('examples').click()
    await page.getByTestId('example-menu').locator(`[data-action="${id}"]`).click()
    await generate.rested()
    await expect(generate.banner).toHaveCount(0)
    await expect(generate.map.first()).toBeVisible()
  }
})

test('a Llama checkpoint of the reader’s own opens here, with its own tokens and without an end of its own', async ({
  page,
  generate,
}) => {
  await generate.open()
  const folder = 'src/models/golden/llama-lm'
  const files = {
    config: JSON.stringify({ ...JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')), eos_token_id: [] }),
    weights: readFileSync(`${folder}/model.safetensors`).toString('base64'),
    tokenizer: tokenizerOfLetters(),
  }
  const model = await page.evaluate(async ({ config, weights, tokenizer }) => {
    const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0))
    const given = { 'config.json': config, 'model.safetensors': bytes.buffer, 'tokenizer.json': tokenizer }
    return (await window.clsroom.loadModel(given)).id
  }, files)
  await generate.setState({ model, prompt: 'abc', tokens: {}, written: [], seeds: [], seed: 1 })
  await expect.poll(() => generate.labels()).toEqual(['<s>', 'a', 'b', 'c'])
  expect((await generate.tokens())[0]?.kind).toBe('bos')
  await generate.write('write-one')
  await generate.write('write-one')
  await expect(page.getByTestId('rows')).toContainText('1 row computed, 5 kept')
  // A vocabulary of 67 tokens, over all of which is drawn.
  await expect(generate.readouts).toContainText('Over all 67 tokens')
  await expect(generate.banner).toHaveCount(0)
})

/** Every letter is a token; BOS opens a text, and there is no EOS. */
function tokenizerOfLetters(): string {
  const letters = Array.from({ length: 65 }, (_, i) => String.fromCharCode(97 + i))
  const vocab = Object.fromEntries(['<pad>', '<s>', ...letters].map((token, id) => [token, id]))
  const special = (id: number, content: string) => ({ id, content, special: true, normalized: false })
  return JSON.stringify({
    version: '1.0',
    added_tokens: [special(0, '<pad>'), special(1, '<s>')],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 0 } }],
      special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
    },
    decoder: null,
    model: { type: 'BPE', vocab, merges: [] },
  })
}
