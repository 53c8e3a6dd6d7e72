/** Presenting: type for the last row in every lab, chosen panels, keys of a clicker, light, blank, clock; a second window follows the first. */

import type { Page } from '@playwright/test'
import { LABS } from '../src/labs/index.ts'
import { axeFinds } from './axe.ts'
import { saidInEnglish } from './english.ts'
import { openPageMenu } from './page_menu.ts'
import { expect, test } from './test.ts'

test.use({ viewport: { width: 1920, height: 1080 } })

/** Every text that is seen and smaller than 24 px. */
const smallType = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || !node.textContent?.trim() || parent.closest('.sr-only, svg.share-code')) continue
      const box = parent.getBoundingClientRect()
      if (box.width === 0 || box.height === 0 || !parent.checkVisibility({ visibilityProperty: true })) continue
      const size = Number.parseFloat(getComputedStyle(parent).fontSize)
      if (size < 24) found.push(`${parent.className}: ${node.textContent.slice(0, 40)}: ${size}`)
    }
    return found
  })

/** Presents what is open, and opens the window that follows it. */
async function presentInTwo(page: Page): Promise<Page> {
  await (await openPageMenu(page)).getByTestId('present').click()
  const [second] = await Promise.all([page.waitForEvent('popup'), page.getByTestId('present-second').click()])
  return second
}

test('in every lab, type is 24 px or more', async ({ page, text }) => {
  test.setTimeout(600_000)
  for (const { id } of LABS) {
    await text.open({ hash: `#/${id}?present=strip,map,atlas,readouts` })
    await expect(page.getByTestId('present-bar')).toBeVisible()
    await expect(page.locator('.lab .stage')).toBeVisible()
    expect.soft(await smallType(page), id).toEqual([])
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), id).toBeLessThanOrEqual(0)
  }
})

test('the link says which panels are shown; a name that is none is told', async ({ page, text }) => {
  await text.open({ hash: '#/text?present=map,readouts,mapp' })
  await expect(page.getByTestId('map-panel')).toBeVisible()
  await expect(page.getByTestId('readouts')).toBeVisible()
  for (const hidden of [
    text.strip,
    page.locator('.lab-input'),
    page.getByTestId('toolbox'),
    page.getByTestId('atlas'),
  ]) {
    await expect(hidden).toBeHidden()
  }
  await expect(text.banner).toContainText('present=mapp')
  await page.getByTestId('present-panels').click()
  const panels = page.getByTestId('present-panels-menu')
  const tick = (name: string) => panels.getByRole('menuitemcheckbox', { name, exact: true })
  await tick('Tokens').click()
  await expect(text.strip).toBeVisible()
  // The menu stays for the next one.
  await tick('All heads').click()
  await expect(tick('All heads')).toBeChecked()
  await expect(tick('Tools')).not.toBeChecked()
  await expect(page.getByTestId('atlas')).toBeVisible()
  expect(page.url()).toContain('present=strip,map,atlas,readouts')
  expect(await axeFinds(page, { within: '[data-testid=present-panels-menu]' })).toEqual([])
  await page.keyboard.press('Escape')
  expect(await axeFinds(page)).toEqual([])
  await text.open({ hash: '#/text?hide=input,tools' })
  await expect(page.locator('.lab-input')).toBeHidden()
  await expect(page.getByTestId('toolbox')).toBeHidden()
  await expect(text.strip).toBeVisible()
})

test('on a phone the way on and out stays in view', async ({ page, text }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await text.open({ hash: '#/text?present' })
  await expect(page.getByTestId('present-next')).toBeInViewport({ ratio: 1 })
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  const [bar, readouts] = await Promise.all(
    [page.getByTestId('present-bar'), page.getByTestId('readouts')].map((part) => part.boundingBox()),
  )
  expect((readouts?.y ?? 0) + (readouts?.height ?? 0)).toBeLessThanOrEqual((bar?.y ?? 0) + 1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('a clicker turns examples and steps, and leaves the keys of a strip and a box alone', async ({ page, text }) => {
  await text.open({ hash: '#/text?present=input,strip,map' })
  const place = page.getByTestId('present-place')
  await expect(place).toContainText('example 1')
  await page.keyboard.press('PageDown')
  await expect(place).toContainText('example 2')
  await page.keyboard.press('ArrowLeft')
  await expect(place).toContainText('example 1')
  await text.chips.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.locator('.lab-input textarea').first().focus()
  await page.keyboard.press('ArrowLeft')
  await expect(place).toContainText('example 1')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await text.open({ hash: '#/text?present&lesson=what-is-special' })
  await expect(place).toContainText('step 1')
  await page.keyboard.press('PageDown')
  await expect(place).toContainText('step 2')
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
})

test('light, blank screen, clock, and the way out', async ({ page, text }) => {
  await text.open({ hash: '#/text?present' })
  for (const left of [page.locator('.lab-input'), page.getByTestId('toolbox')]) await expect(left).toBeHidden()
  await page.keyboard.press('l')
  await page.getByTestId('readouts').hover()
  const light = page.getByTestId('spotlight')
  await expect(light).toBeVisible()
  await page.keyboard.press('l')
  await expect(light).toBeHidden()
  await page.keyboard.press('b')
  const blank = page.getByRole('button', { name: 'The screen is blank' })
  await expect(blank).toBeFocused()
  await page.keyboard.press('PageDown')
  await expect(blank).toHaveCount(0)
  await expect(page.getByTestId('present-place')).toContainText('example 1')
  await page.keyboard.press('t')
  await expect(page.getByTestId('present-timer')).toContainText('0:01')
  await page.getByTestId('present-share').click()
  await expect(page.getByTestId('share-code')).toBeVisible()
  await expect(page.getByTestId('share').locator('a')).not.toHaveAttribute('href', /present/)
  expect(await axeFinds(page, { within: '[data-testid=share]' })).toEqual([])
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('present-bar')).toHaveCount(0)
  expect(page.url()).not.toContain('present')
})

test('in Russian, with notes, panels and the code of the link, nothing is said in English', async ({ page, text }) => {
  await text.open({ hash: '#/text?lang=ru&lesson=what-is-special' })
  const second = await presentInTwo(page)
  await expect(second.getByTestId('lesson')).toHaveAttribute('data-step', '1')
  await expect(page.getByTestId('notes')).toBeVisible()
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  for (const one of [page, second]) expect(await saidInEnglish(one)).toEqual([])
  await page.getByTestId('present-panels').click()
  await expect(page.getByTestId('present-panels-menu')).toBeVisible()
  expect(await saidInEnglish(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByTestId('present-share').click()
  await expect(page.getByTestId('share-code')).toBeVisible()
  expect(await saidInEnglish(page)).toEqual([])
})

test('an answer that is taken back, and a step that begins again, are so on the projector, too', async ({
  page,
  text,
}) => {
  await text.open({ hash: '#/text?lesson=sep-sink.2' })
  const second = await presentInTwo(page)
  const [ours, theirs] = [page.getByTestId('lesson'), second.getByTestId('lesson')]
  await expect(theirs.getByTestId('lesson-body')).toBeVisible()
  const question = ours.getByTestId('lesson-question')
  await expect(question).toBeVisible()
  const choice = question.getByRole('radio').first()
  await choice.check()
  await expect(theirs.getByRole('radio').first()).toBeChecked()
  await ours.getByTestId('lesson-again').click()
  await expect(choice).not.toBeChecked()
  await expect(theirs.getByRole('radio').first()).not.toBeChecked()
  await expect(theirs).toHaveAttribute('data-step', '2')

  await ours.getByTestId('lesson-back').click()
  await expect(theirs).toHaveAttribute('data-step', '1')
  await question.getByRole('textbox').fill('50')
  await page.keyboard.press('Enter')
  const again = { name: 'Answer again' }
  await expect(theirs.getByRole('button', again)).toBeVisible()
  await question.getByRole('button', again).click()
  await expect(question.getByRole('button', again)).toHaveCount(0)
  await expect(theirs.getByRole('button', again)).toHaveCount(0)
})

test('a second window follows the first, comes late, passes the clicker on, and is told when it is alone', async ({
  page,
  text,
}) => {
  await text.open({ hash: '#/text?lesson=what-is-special' })
  const second = await presentInTwo(page)
  await expect(second.getByTestId('lesson')).toHaveAttribute('data-step', '1')
  // What is for the lecturer stays here.
  await expect(page.getByTestId('notes')).toBeVisible()
  await expect(second.getByTestId('notes')).toHaveCount(0)
  await expect(page.locator(':root')).not.toHaveAttribute('data-present')
  await expect(second.locator(':root')).toHaveAttribute('data-present')
  await page.getByTestId('present-next').click()
  await expect(second.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await second.keyboard.press('PageUp')
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '1')
  await expect(second.getByTestId('lesson')).toHaveAttribute('data-step', '1')
  // An edit of the lab, without the lesson.
  await page.getByTestId('lesson-close').click()
  await text.setState({ texts: ['we liked it'] })
  await expect(second.getByTestId('token-strip')).toContainText('liked')
  await expect(second.getByTestId('lesson')).toHaveCount(0)
  await page.getByTestId('present-blank').click()
  await expect(second.getByTestId('blank-screen')).toBeVisible()
  await second.keyboard.press('a')
  await expect(page.getByTestId('present-blank')).toHaveAttribute('aria-pressed', 'false')
  await expect(second.getByTestId('blank-screen')).toHaveCount(0)
  await second.reload()
  await expect(second.getByTestId('token-strip')).toContainText('liked')
  for (const one of [page, second]) {
    expect(await axeFinds(one)).toEqual([])
  }
  await page.close()
  await expect(second.getByTestId('banner')).toContainText('is closed')
})

test('where the second window is closed, the first is the only one again', async ({ page, text }) => {
  await text.open({ hash: '#/text?present' })
  const [second] = await Promise.all([page.waitForEvent('popup'), page.getByTestId('present-second').click()])
  await expect(second.getByTestId('token-strip')).toBeVisible()
  await expect(page.locator(':root')).not.toHaveAttribute('data-present')
  await second.close()
  await expect(page.locator(':root')).toHaveAttribute('data-present')
  expect(page.url()).not.toContain('lead=')
})
