/** The card of a model of one's own: what its files say, and what nobody knows of it. */

import { checkpoint, chooseModel, withHead } from './checkpoints.ts'
import { expect, test } from './test.ts'

test('a text model from a folder without a card', async ({ page, text }, info) => {
  const folder = checkpoint(info.outputPath('plain-bert'), 'clsroom-bert', {
    ...withHead(
      'classifier',
      [
        [1, 0],
        [0, 1],
      ],
      { architectures: ['BertForTokenClassification'], id2label: { 0: 'O', 1: 'B-PER' } },
    ),
  })
  await text.open()
  await chooseModel(page, folder)
  await page.getByTestId('about-model').click()
  const card = page.getByTestId('model-card')
  await expect(card.getByRole('heading', { name: /plain-bert/ })).toBeVisible()
  const line = (name: string) =>
    card.locator('.card-lines div', { has: page.getByText(name, { exact: true }) }).locator('dd')
  await expect(line('Kind')).toHaveText('bert')
  await expect(line('Size')).toContainText(/[\d,]{7,} parameters; 4 layers of 6 heads, width 192/)
  await expect(line('Vocabulary')).toContainText(/[\d,]+ pieces, at most \d+ tokens/)
  await expect(line('Answers')).toHaveText('for each token: O, B-PER')
  await expect(line('From')).toHaveText('files of this machine, which stay on it')
  await expect(card).toContainText('data, figures and limits are unknown')
  await expect(card).not.toContainText(/undefined|NaN|card\.json/)
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await expect(page.getByTestId('about-model')).toBeFocused()
})

test('a vision model with a README of its own, in Russian', async ({ page, vision }, info) => {
  const folder = checkpoint(info.outputPath('my-vit'), 'clsroom-vit', {
    files: { 'README.md': '---\nlicense: mit\ndatasets: cifar10\n---\n# Mine\n' },
  })
  await vision.open({ hash: '#/vision?lang=ru' })
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('load-model').getByRole('button', { name: 'Выбрать папку' }).click()
  await (await chooser).setFiles(folder)
  await expect(page.getByTestId('load-model')).toBeHidden({ timeout: 60_000 })
  await page.getByTestId('about-model').click()
  const card = page.getByTestId('model-card')
  await expect(card).toContainText('32 × 32 пикселей, патчи по 4, без регистров')
  await expect(card).toContainText('cifar10')
  await expect(card).toContainText('mit')
  await expect(card).toContainText('файлы этого компьютера')
})
