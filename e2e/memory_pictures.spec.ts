/** The memory lab's picture half: tasks on a frozen model, and what its masks keep. */

import { LabPage } from './lab_page.ts'
import { test as base, expect } from './test.ts'

class PictureMemoryPage extends LabPage {
  readonly route = '#/memory'

  /** Opens the half on a sample. */
  async openPictures(more: object = {}): Promise<void> {
    await this.open()
    await this.setState({ shows: 'picture', model: 'clsroom-vit-memory', ...more })
    await expect(this.page.getByTestId('mask-table')).toBeVisible()
  }

  drift(): Promise<number> {
    return this.page.getByTestId('drift').evaluate((line) => Number((line as HTMLElement).dataset.drift))
  }

  said(head: string) {
    return this.page.locator(`[data-testid="cls"][data-head="${head}"] .query-said`)
  }
}

const test = base.extend<{ pictures: PictureMemoryPage }>({
  pictures: async ({ page, query }, use) => use(new PictureMemoryPage(page, query)),
})

test('under the extension mask the base is where it was; without it, it is not', async ({ page, pictures }) => {
  await pictures.openPictures({ sample: 'airplane.jpg', look: { layer: 4, head: 'mean', asker: 'base' } })
  expect(await pictures.drift()).toBe(0)
  await expect(pictures.said('base')).toContainText('airplane')
  const shut = page.getByTestId('mask-table').locator('[data-open="false"]')
  const before = await shut.count()
  await pictures.rerun(() => page.getByTestId('extension-mask').click())
  expect(await pictures.drift()).toBeGreaterThan(1)
  await expect(pictures.said('base')).toContainText('deer')
  expect(await shut.count()).toBeLessThan(before)
  await expect(page.getByTestId('change')).toContainText('deer')
  await pictures.rerun(() => page.getByTestId('undo').click())
  expect(await pictures.drift()).toBe(0)
})

test('a task lives on its memory: rows masked one by one, all of them, other rows; the link holds it', async ({
  page,
  pictures,
}) => {
  await pictures.openPictures({
    sample: 'digits-3-0',
    look: { layer: 4, head: 'mean', asker: 'digits', tool: 'tasks' },
  })
  await expect(pictures.said('digits')).toContainText('3 ')
  await pictures.rerun(() => page.getByTestId('memory-row').first().click())
  await expect(page.getByTestId('memory-row').first()).toHaveAttribute('data-status', 'masked')
  await pictures.rerun(() => page.getByTestId('mask-all').click())
  await expect(pictures.said('digits')).not.toContainText('3 ')
  await expect(page.getByTestId('reading-facts')).toContainText('0 % memory')
  expect(await pictures.drift()).toBe(0)
  const { masked } = (await pictures.state()) as { masked: unknown[] }
  expect(masked).toHaveLength(12)
  await pictures.rerun(() => page.getByTestId('mask-none').click())
  await pictures.rerun(() => page.getByTestId('preset-none').click())
  await expect(page.getByTestId('task')).toHaveCount(0)
  await expect(page.getByTestId('cls')).toHaveCount(1)
})

test('what a row does stands beside what is read of it; the recipe’s figures are named as such', async ({
  page,
  pictures,
}) => {
  await pictures.openPictures({
    sample: 'fashion-1-1',
    look: { layer: 4, head: 'mean', asker: 'fashion', tool: 'usage' },
  })
  await expect(page.getByTestId('causal-all')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByTestId('causal-table').locator('tbody tr')).toHaveCount(5)
  await page.getByTestId('tool-rows').click()
  await expect(page.getByTestId('recipe-table')).toContainText('90.0 %')
  await expect(page.getByTestId('recipe')).toContainText('figures of the recipe')
})

test('the four masks over the samples', async ({ page, pictures }) => {
  test.slow()
  await pictures.openPictures({
    tasks: ['fashion', 'digits'],
    look: { layer: 4, head: 'mean', asker: 'digits', tool: 'interference' },
  })
  await page.getByTestId('interference-job').getByRole('button').click()
  await expect(page.getByTestId('interference-job')).toHaveAttribute('data-status', 'done', { timeout: 90_000 })
  const drifts = await page
    .getByTestId('interference-table')
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.drift)))
  expect(drifts.slice(0, 2)).toEqual([0, 0])
  expect(Math.min(...drifts.slice(2))).toBeGreaterThan(1)
})
