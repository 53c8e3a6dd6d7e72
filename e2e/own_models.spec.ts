/** A model of one's own: from a folder, from files, from the hub; what cannot be loaded changes nothing. */

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FileChooser, Locator, Page, Route } from '@playwright/test'
import { bits, expectLinkWritten } from './lab_page.ts'
import { expect, test } from './test.ts'

const MODELS = 'public/models'
const HUB = 'https://huggingface.co/'

function dialog(page: Page) {
  return page.getByTestId('load-model')
}

async function choose(
  page: Page,
  button: 'Choose a folder' | 'Choose files',
  files: Parameters<FileChooser['setFiles']>[0],
) {
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await dialog(page).getByRole('button', { name: button }).click()
  await (await chooser).setFiles(files)
}

test('a folder: the model runs on the texts that are there, and the way back is one press', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good', 'we liked it')
  const maps = bits(await text.maps())
  const labels = await text.labels()
  await text.rerun(() => choose(page, 'Choose a folder', `${MODELS}/clsroom-bert`))
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByTestId('model').getByRole('radio', { name: 'clsroom-bert' })).toBeChecked()
  expect(await text.state()).toMatchObject({ model: 'files-1', texts: ['the film was good', 'we liked it'] })
  expect(await text.labels()).toEqual(labels)
  expect(bits(await text.maps())).toEqual(maps)
  await text.expectMapDrawn()
  await text.chooseModel('BERT, 4 layers')
  expect(await text.state()).toMatchObject({ model: 'clsroom-bert' })
})

test('unloaded, a model gives its memory back and is gone', async ({ page, text }) => {
  const gpuBytes = () => page.evaluate(() => window.clsroom.stats().gpuBytes)
  await text.open()
  const before = await gpuBytes()
  await text.rerun(() => choose(page, 'Choose a folder', `${MODELS}/clsroom-bert`))
  await expect.poll(gpuBytes).toBeGreaterThan(1.9 * before)
  await text.rerun(() => page.getByTestId('unload-model').click())
  await expect(page.getByTestId('model').getByRole('radio')).toHaveCount(1)
  await expect.poll(gpuBytes).toBeLessThan(1.1 * before)
  expect(await page.evaluate(() => window.clsroom.models().map(({ source }) => source))).not.toContain('files')
  await text.expectMapDrawn()
})

test('a link to files that are gone opens the same texts on the page’s own model, and says so', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show('the film was good')
  await text.rerun(() => choose(page, 'Choose a folder', `${MODELS}/clsroom-bert`))
  await expectLinkWritten(text)
  await page.reload()
  await text.ready()
  await expect(text.banner).toContainText('loaded from files')
  expect(await text.state()).toMatchObject({ model: 'clsroom-bert', texts: ['the film was good'] })
  await text.expectMapDrawn()
})

test('files without heads: maps, and no answers that nobody gave', async ({ page, text }) => {
  await text.open()
  await text.rerun(() => choose(page, 'Choose files', bareBert()))
  await expect(text.readouts).toContainText('no heads')
  await expect(text.readouts.getByTestId('mask-predictions')).toHaveCount(0)
  await text.expectMapDrawn()
})

test('a folder can be dropped; a vision model opens its own lab', async ({ page, text, vision }) => {
  await text.open()
  await page.getByTestId('own-model').click()
  await drop(page, dialog(page).locator('.drop-zone'), `${MODELS}/clsroom-vit-registers`)
  await expect(page.getByTestId('vision-lab')).toBeVisible()
  await expect(vision.patches).toHaveCount(64)
  expect(await vision.state()).toMatchObject({ lab: 'vision', model: 'files-1' })
  await expect(page.getByTestId('model').locator('option:checked')).toHaveText('clsroom-vit-registers')
})

test('a folder dropped anywhere is loaded; a text becomes the text; a photo is told where to go', async ({
  page,
  text,
  vision,
}, info) => {
  await text.open()
  await text.rerun(() => drop(page, text.strip, `${MODELS}/clsroom-bert`))
  await expect(dialog(page)).toBeHidden()
  expect(await text.state()).toMatchObject({ model: 'files-1' })
  const file = info.outputPath('story.txt')
  writeFileSync(file, 'the end')
  await text.rerun(() => drop(page, text.strip, file))
  await expect.poll(() => text.labels()).toEqual(expect.arrayContaining(['the', 'end']))
  writeFileSync(file, 'a'.repeat(500_000))
  await drop(page, text.strip, file)
  await expect(text.banner).toContainText('500000 bytes')
  await drop(page, text.strip, 'public/samples/cat.jpg')
  await expect(text.banner).toContainText('vision lab')
  expect(await text.labels()).toContain('end')
  await text.expectMapDrawn()

  await page.getByRole('link', { name: 'Vision', exact: true }).click()
  await vision.ready()
  await expect(vision.patches).toHaveCount(64)
  await drop(page, vision.input, `${MODELS}/clsroom-vit`)
  await expect.poll(async () => (await vision.state()).model).toBe('files-2')
  await expect(vision.input).not.toHaveClass(/over/)
  await drop(page, vision.photo, 'public/samples/cat.jpg')
  await expect(page.locator('[data-sample][aria-pressed=true]')).toHaveCount(0)
  await expect(vision.banner).toHaveCount(0)
})

test('what is no model is refused with the reason; by keyboard, out and back to the button', async ({ page, text }) => {
  await text.open()
  const state = await text.state()
  await choose(page, 'Choose files', [
    { name: 'config.json', mimeType: 'application/json', buffer: Buffer.from('{"model_type":"mamba"}') },
    { name: 'model.safetensors', mimeType: '', buffer: readFileSync(`${MODELS}/clsroom-vit/model.safetensors`) },
  ])
  const told = dialog(page).getByTestId('banner')
  await expect(told).toContainText('mamba')
  await expect(told).toContainText('distilbert, electra')
  await dialog(page).getByTestId('model-address').fill('not a model')
  await page.keyboard.press('Enter')
  await expect(told).toContainText('not a model reference')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByTestId('own-model')).toBeFocused()
  expect(await text.state()).toEqual(state)
  await expect(text.banner).toHaveCount(0)
})

for (const button of ['Choose a folder', 'Choose files'] as const) {
  test(`the focus is back on “${button}” after what was chosen is refused`, async ({ page, text }) => {
    await text.open()
    await choose(page, button, button === 'Choose a folder' ? 'public/samples' : ['public/samples/samples.json'])
    await expect(dialog(page).getByTestId('banner')).toBeVisible()
    await expect(dialog(page).getByRole('button', { name: button })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('own-model')).toBeFocused()
  })
}

test('the focus stays where it was when what is dropped on the page is refused', async ({ page, text, vision }) => {
  await text.open()
  await text.chip('[CLS]').focus()
  await drop(page, text.strip, 'public/samples/cat.jpg')
  await expect(text.banner).toBeVisible()
  await expect(text.chip('[CLS]')).toBeFocused()
  await text.banner.getByRole('button', { name: 'Dismiss' }).click()
  await text.chip('[CLS]').focus()
  await drop(page, text.strip, 'public/samples')
  await expect(dialog(page).getByTestId('banner')).toBeVisible()
  expect(await dialog(page).evaluate((sheet) => sheet.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(text.chip('[CLS]')).toBeFocused()

  await vision.open()
  const sample = page.locator('[data-sample="horse.jpg"]')
  await sample.focus()
  await drop(page, vision.input, 'package.json')
  await expect(vision.banner).toBeVisible()
  await expect(sample).toBeFocused()
})

test.describe('from the hub', () => {
  test.use({ allowed: [[/^https:\/\/huggingface\.co\//, /Failed to load resource/], { scope: 'test' }] })

  /** The hub as far as a loader sees it, with our own files in it. */
  const serve = (route: Route) => {
    const name = route.request().url().split('/').at(-1) as string
    return route.fulfill({ path: `${MODELS}/clsroom-bert/${name}`, headers: { 'access-control-allow-origin': '*' } })
  }

  test('by its name; kept for the next visit, and forgotten when asked', async ({ page, text }) => {
    const asked: string[] = []
    await page.context().route(`${HUB}**`, (route) => {
      asked.push(new URL(route.request().url()).pathname)
      return serve(route)
    })
    await text.open()
    const open = async () => {
      await page.getByTestId('own-model').click()
      await dialog(page).getByTestId('model-address').fill('https://huggingface.co/someone/small-bert')
      await text.rerun(() => page.keyboard.press('Enter'))
      await expect(dialog(page)).toBeHidden()
    }
    await open()
    expect(await text.state()).toMatchObject({ model: 'someone/small-bert' })
    await expect(page.getByTestId('model').getByRole('radio', { name: 'small-bert' })).toBeChecked()
    expect(asked).toContain('/someone/small-bert/resolve/main/config.json')
    await text.expectMapDrawn()

    const before = asked.length
    await page.goto('about:blank')
    await text.open()
    await page.getByTestId('own-model').click()
    await expect(dialog(page).getByTestId('kept-files')).toContainText('kept in this browser')
    await dialog(page).getByRole('button', { name: 'Close' }).click()
    await open()
    expect(asked.slice(before)).toEqual([])
    await page.getByTestId('own-model').click()
    await dialog(page).getByRole('button', { name: 'Forget them' }).click()
    await expect(dialog(page).getByTestId('kept-files')).toHaveCount(0)
  })

  test('a large one says what it takes before any of its weights is asked for', async ({ page, text }) => {
    const config = { model_type: 'bert', architectures: ['BertForMaskedLM'] }
    const asked: string[] = []
    await page.context().route(`${HUB}**`, (route) => {
      asked.push(route.request().url().split('/').at(-1) as string)
      return route.fulfill({ json: config, headers: { 'access-control-allow-origin': '*' } })
    })
    await text.open()
    await page.getByTestId('own-model').click()
    await dialog(page).getByTestId('model-address').fill('someone/bert-base')
    await page.keyboard.press('Enter')
    const offer = dialog(page).getByTestId('load-offer')
    await expect(offer).toContainText('This bert has 110 million parameters')
    // 110.1 million as f32, and the token table once more, turned round for the head over the vocabulary.
    await expect(offer).toContainText('about 534 MB of memory')
    await expect(offer).toContainText('over 128 tokens')
    await offer.getByRole('button', { name: 'Leave it' }).click()
    await expect(offer).toHaveCount(0)
    await dialog(page).getByRole('button', { name: 'Close' }).click()
    await text.expectMapDrawn()
    expect(asked).toEqual(['config.json'])
  })

  test('offline, or a model that is not there: the reason, and nothing else changes', async ({ page, text }) => {
    await page
      .context()
      .route(`${HUB}**`, (route) =>
        route.request().url().includes('/offline/') ? route.abort() : route.fulfill({ status: 401 }),
      )
    await text.open()
    const state = await text.state()
    await page.getByTestId('own-model').click()
    for (const [name, reason] of [
      ['offline/model', 'could not be downloaded'],
      ['private/model', '401'],
    ] as const) {
      await dialog(page).getByTestId('model-address').fill(name)
      await page.keyboard.press('Enter')
      await expect(dialog(page).getByTestId('banner')).toContainText(reason)
      await expect(dialog(page).getByTestId('banner')).toContainText(name)
    }
    expect(await text.state()).toEqual(state)
  })

  test('a download is stopped half-way', async ({ page, text }) => {
    await page
      .context()
      .route(`${HUB}**`, (route) => (route.request().url().endsWith('config.json') ? serve(route) : null))
    await text.open()
    await page.getByTestId('own-model').click()
    await dialog(page).getByTestId('model-address').fill('someone/huge-bert')
    await page.keyboard.press('Enter')
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog(page).getByRole('button', { name: 'Load', exact: true })).toBeEnabled()
    await expect(dialog(page).getByTestId('banner')).toHaveCount(0)
    await dialog(page).getByRole('button', { name: 'Close' }).click()
    await text.expectMapDrawn()
  })
})

/** Drops a file or a folder as the system does: a script's own DataTransfer holds no folders. */
async function drop(page: Page, target: Locator, path: string): Promise<void> {
  const { x, y, width, height } = (await target.boundingBox()) as {
    x: number
    y: number
    width: number
    height: number
  }
  const devtools = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: x + width / 2,
      y: y + height / 2,
      data: { items: [], files: [resolve(path)], dragOperationsMask: 1 },
    })
  }
}

/** The embedded BERT as a BertModel checkpoint: the encoder alone. */
function bareBert() {
  const read = (name: string) => readFileSync(`${MODELS}/clsroom-bert/${name}`)
  const { clsroom: _, ...config } = JSON.parse(read('config.json').toString())
  const bytes = read('model.safetensors')
  const headerLength = Number(bytes.readBigUInt64LE())
  const header: Record<string, { data_offsets: [number, number] }> = JSON.parse(
    bytes.subarray(8, 8 + headerLength).toString(),
  )
  const kept = Object.entries(header).filter(([name]) => /^bert\.(embeddings|encoder)/.test(name))
  const parts: Buffer[] = []
  let offset = 0
  const entries = kept.map(([name, entry]) => {
    const part = bytes.subarray(8 + headerLength + entry.data_offsets[0], 8 + headerLength + entry.data_offsets[1])
    parts.push(part)
    offset += part.length
    return [name, { ...entry, data_offsets: [offset - part.length, offset] }]
  })
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })
  return [
    file('config.json', Buffer.from(JSON.stringify(config))),
    file('tokenizer.json', read('tokenizer.json')),
    file('model.safetensors', Buffer.concat([length, json, ...parts])),
  ]
}
