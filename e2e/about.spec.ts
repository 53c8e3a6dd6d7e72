/** About: what the page is made of, and a report of what it runs on. */

import type { Page } from '@playwright/test'
import { EMBEDDED_MODELS } from '../src/state/embedded_models.ts'
import { axeFinds } from './axe.ts'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

async function open(page: Page): Promise<void> {
  await (await openPageMenu(page)).getByTestId('about-button').click()
}

test('the report says what runs here, and holds the text only where the reader wants it', async ({
  page,
  context,
  text,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await text.open()
  await open(page)
  const about = page.getByTestId('about')
  await about.getByTestId('about-copy').click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain('## CLSroom: report')
  const report = await copied()
  const { kind } = await page.evaluate(() => window.clsroom.backend())
  expect(report).toContain(`| kind | ${kind} |`)
  expect(report).toContain('| model | clsroom-bert |')
  expect(report).toContain(`${await page.evaluate(() => innerWidth)} × `)
  expect(report).toMatch(/\| page \| \d+\.\d+\.\d+ \([0-9a-f]{12}\) \|/)
  if (kind === 'webgpu') expect(report).toMatch(/\| maxBufferSize \| (\d+) \| \1 \| \1 \|/)
  else expect(report).toContain('has no limits to report')
  expect(report).not.toContain('s=')
  await about.getByTestId('about-link').check()
  await about.getByTestId('about-copy').click()
  await expect.poll(copied).toContain('#/text?')
})

test('every model, sample and library stands there with its terms, and axe finds nothing', async ({ page, text }) => {
  await text.open()
  await open(page)
  const about = page.getByTestId('about')
  for (const part of ['models', 'samples', 'fonts', 'libraries'] as const) {
    await about.getByTestId(`about-${part}`).locator('> summary').click()
  }
  await expect(about.getByTestId('about-model-entry')).toHaveCount(EMBEDDED_MODELS.length)
  await expect(about.getByTestId('about-samples')).toContainText('GalgenTX')
  await expect(about.getByTestId('about-libraries')).toContainText('react-aria-components')
  await about.getByTestId('about-licences').locator('> summary').click()
  await expect(about.getByTestId('about-licences')).toContainText('Permission is hereby granted')
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await axeFinds(page, { within: '[data-testid=about]' })).toEqual([])
    }
  }
  await page.keyboard.press('Escape')
  await expect(about).toHaveCount(0)
})
