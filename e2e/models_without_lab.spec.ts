/** Models that reconstruct, detect, match and listen, brought to the labs: each opens where a lab can show it, others are refused in words. */

import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

const GOLDEN = 'src/models/golden'

async function openFiles(page: Page, name: string): Promise<void> {
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('load-model').getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles([`${GOLDEN}/${name}/config.json`, `${GOLDEN}/${name}/model.safetensors`])
}

test('a model that no lab can show is refused in words, and everything stays as it is', async ({ page, text }) => {
  await text.open()
  const before = await text.state()
  for (const [name, kind] of [
    ['clip', 'a pair of towers'],
    ['audio-spectrogram-transformer', 'a listener to sounds'],
  ] as const) {
    await openFiles(page, name)
    const sheet = page.getByTestId('load-model')
    await expect(sheet).toContainText('No lab has a use for this model')
    await expect(sheet).toContainText(kind)
    await sheet.getByRole('button', { name: 'Close' }).click()
    await expect(sheet).toBeHidden()
  }
  expect(await text.state()).toEqual(before)
})

for (const name of ['yolos', 'detr', 'vidt']) {
  test(`a detector (${name}) opens in the detect lab`, async ({ page, text, vision }) => {
    await text.open()
    await openFiles(page, name)
    await expect(page.getByTestId('load-model')).toBeHidden()
    await expect(page.getByTestId('detect-lab')).toBeVisible()
    expect(await vision.state()).toMatchObject({ lab: 'detect', model: 'files-1' })
    await expect(page.getByTestId('readouts')).toBeVisible()
    expect(await page.getByTestId('query').count()).toBeGreaterThan(1)
  })
}

test('the encoder of a masked autoencoder opens in the vision lab', async ({ page, text, vision }) => {
  await text.open()
  await openFiles(page, 'vit-mae')
  await expect(page.getByTestId('load-model')).toBeHidden()
  await expect(page.getByTestId('vision-lab')).toBeVisible()
  expect(await vision.state()).toMatchObject({ lab: 'vision', model: 'files-1' })
})
