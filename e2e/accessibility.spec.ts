/** axe finds nothing, and a keyboard is enough. */

import type { Page } from '@playwright/test'
import { TASKS_FORMAT } from '../src/labs/tasks/link.ts'
import { encodeLink } from '../src/state/permalink.ts'
import { type Asked, axeFinds } from './axe.ts'
import { ROUTES, STRIPS } from './labs.ts'
import { chooseLanguage } from './page_menu.ts'
import { CRASH } from './portfolio_page.ts'
import { expect, test } from './test.ts'

const DESK = { width: 1280, height: 720 }
const PHONE = { width: 360, height: 740 }
/** What can differ between themes: they change colours and nothing else. */
const COLOURS = ['color-contrast', 'link-in-text-block']
const MENU = '[data-testid=insert-menu]'
const DRAWER = '[data-testid=drawer]'
const CONTRAST = [...COLOURS, 'color-contrast-enhanced']

interface Theme {
  colorScheme: 'light' | 'dark'
  contrast: 'no-preference' | 'more'
}
const LIGHT: Theme = { colorScheme: 'light', contrast: 'no-preference' }
const DARK: Theme = { colorScheme: 'dark', contrast: 'no-preference' }
/** The page follows the system to its theme of high contrast, on white and on black. */
const WHITE: Theme = { colorScheme: 'light', contrast: 'more' }
const BLACK: Theme = { colorScheme: 'dark', contrast: 'more' }

async function expectClean(page: Page, where: string, asked: Asked = {}): Promise<void> {
  // Of a slanted label axe looks at the upright box, in which a neighbour's ground may lie; those of rows have the same colours.
  const except = ['.map-axis-key[data-slanted]']
  // A cell whose colour is its value is no darker in high contrast: its number has 4.5:1 in every theme, and stands beside it in a table.
  if (asked.rules?.includes('color-contrast-enhanced')) except.push('td[style*="background"]')
  expect.soft(await axeFinds(page, { ...asked, except }), where).toEqual([])
}

/** In a theme by its colours alone: text of the high-contrast ones at 7:1. */
async function expectReadable(page: Page, where: string, themes: readonly Theme[], within?: string): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia(theme)
    const { colorScheme, contrast } = theme
    await expectClean(page, `${where}, ${colorScheme}, ${contrast}`, {
      rules: contrast === 'more' ? CONTRAST : COLOURS,
      within,
    })
  }
  await page.emulateMedia(LIGHT)
}

/** A lab's halves are pages of their own. */
const PAGES: [name: string, hash: string, state?: object][] = [
  ...ROUTES.map((route): [string, string] => [route, route]),
  ['portfolio', `#/tasks?s=${encodeLink(TASKS_FORMAT, CRASH)}`],
  ['memory of pictures', '#/memory', { shows: 'picture', model: 'clsroom-vit-memory' }],
]

for (const [name, hash, state] of PAGES) {
  test(`axe, ${name}: languages × themes × screens, and every tool`, async ({ page, text }) => {
    test.setTimeout(600_000)
    // One page for all of it: what is opened once is not opened again for another theme.
    await page.setViewportSize(DESK)
    await page.emulateMedia(LIGHT)
    await text.open({ hash })
    if (state) await text.setState(state)
    for (const language of ['English', 'Русский'] as const) {
      if (language === 'Русский') await chooseLanguage(page, language)
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'English' ? 'en' : 'ru')
      for (const screen of [DESK, PHONE]) {
        await page.setViewportSize(screen)
        // What lies under a map that stays in view is not covered where the page begins.
        await page.evaluate(() => scrollTo(0, 0))
        await expectClean(page, `${language}, ${screen.width}`)
        await expectReadable(page, `${language}, ${screen.width}`, [DARK, WHITE, BLACK])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(screen.width)
      }
    }
    expect.soft(await smallTargets(page), 'targets are at least 24 px').toEqual([])
    const strip = page.getByTestId('token-strip').first()
    // The memory of pictures has a strip of tasks.
    if (!state && STRIPS.some((route) => route === hash)) {
      await strip.getByTestId('token').first().click()
      await strip.getByTestId('gap').nth(1).click()
      await expect(page.getByTestId('insert-menu')).toBeVisible()
      await expectClean(page, 'menu', { within: MENU })
      await expectReadable(page, 'menu', [BLACK], MENU)
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('insert-menu')).toHaveCount(0)
      // What an edit brings: its flag, what moved, what it was before.
      await text.rerun(() => strip.getByTestId('token').nth(2).press('m'))
      await expectClean(page, 'after an edit')
      expect.soft(await smallTargets(page), 'targets after an edit').toEqual([])
    }
    await page.setViewportSize(DESK)
    const drawer = page.locator(DRAWER)
    for (const [at, tool] of (await page.getByTestId('toolbox').getByRole('tab').all()).entries()) {
      const title = (await tool.textContent()) ?? ''
      await tool.click()
      await expect(drawer.locator('> :not(.drawer-head, .loading)').first()).toBeVisible()
      await expect(drawer.locator('.loading')).toHaveCount(0)
      await expectClean(page, title, { within: DRAWER })
      // Every theme has the colours of all tools from the same tokens: they are asked in turn.
      await page.setViewportSize(PHONE)
      await expectReadable(page, `${title}, phone`, [([DARK, WHITE, BLACK] as const)[at % 3] ?? DARK], DRAWER)
      expect.soft(await smallTargets(page), title).toEqual([])
      await page.setViewportSize(DESK)
    }
  })
}

/** What can be pressed and is smaller than WCAG's 24 px, whatever room there is around it. */
function smallTargets(page: Page): Promise<string[]> {
  return page.locator('main button, main a, main select, main [role=tab]').evaluateAll((targets) =>
    targets.flatMap((target) => {
      if (target.closest('[aria-hidden=true], .sr-only')) return []
      const { width, height } = target.getBoundingClientRect()
      return width > 0 && (width < 24 || height < 24) ? [`${target.outerHTML.slice(0, 100)}: ${width} × ${height}`] : []
    }),
  )
}

test('axe, the map as a table', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('map-as-table').click()
  await expectClean(page, 'light')
  await expectReadable(page, 'all', [DARK, WHITE, BLACK])
})

test('axe, every kind of chip and an error', async ({ page, text }) => {
  await text.open()
  await text.show('the film was 🦄 good')
  await text.rerun(() => text.chip('film').press('m'))
  await text.chip('was').press('h')
  await text.rerun(() => text.chip('good').press('Delete'))
  await text.rerun(() => text.insertByMouse('[REG]', 1))
  await text.rerun(() => text.insertByMouse('[MASK]', 1))
  await text.rerun(() => text.insertByMouse('[PAD]', 1))
  await page.evaluate(() => {
    location.hash = '#/text?s=broken'
  })
  await expect(text.banner).toBeVisible()
  await expectClean(page, 'light')
  await expectReadable(page, 'all', [DARK, WHITE, BLACK])
})

test('axe, the sheet for a model of one’s own, with an error', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('own-model').click()
  await page.getByTestId('model-address').fill('not a model')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('load-model').getByTestId('banner')).toBeVisible()
  for (const screen of [DESK, PHONE]) {
    await page.setViewportSize(screen)
    await expectClean(page, `${screen.width}`)
    await expectReadable(page, `${screen.width}`, [DARK, WHITE, BLACK])
  }
})

test('from an empty page to a masked [SEP], by keyboard alone', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good')
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await press('Tab')
  await expect(page.getByRole('button', { name: 'Skip to the lab' })).toBeFocused()
  await press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await tabTo(page, '[data-testid=text-0]')
  await press('End')
  await page.keyboard.type(' indeed')
  await expect.poll(async () => (await text.labels()).join(' ')).toMatch(/good .*\[SEP\]$/)

  await tabTo(page, '[data-testid=token]')
  await expect(text.chip('[CLS]')).toBeFocused()
  await press('ArrowRight', 'ArrowRight', 'ArrowRight') // gap, the, gap
  await expect(text.gaps.nth(2)).toBeFocused()
  await text.rerun(async () => {
    await press('Enter')
    await text.chooseByKeyboard('insert-menu', '[SEP]')
  })
  await expect(text.chips.nth(2)).toBeFocused()
  await expect(text.chips.nth(2)).toHaveAttribute('data-kind', 'sep')
  await text.rerun(() => press('m'))
  await expect(text.chips.nth(2)).toHaveAttribute('data-status', 'masked')
  await text.rerun(() => press('Alt+ArrowRight'))
  await expect(text.chips.nth(3)).toBeFocused()
  await expect(text.chips.nth(3)).toHaveAttribute('data-kind', 'sep')
  await press('Enter')
  await text.rerun(() => text.chooseByKeyboard('token-menu', 'Unmask'))
  await expect(text.chips.nth(3)).toHaveAttribute('data-status', 'read')

  await tabTo(page, '[data-testid=head]')
  await press('ArrowRight', 'ArrowDown')
  await expect(page.locator('[data-cell="1.0"]')).toBeFocused()
  await text.rerun(() => press('x'))
  await expect(page.locator('[data-cell="1.0"]')).toHaveAttribute('data-ablated', 'true')
  await tabTo(page, '[data-testid=map-cells]')
  await press('ArrowRight')
  await expect(page.getByTestId('map-tip')).toBeVisible()
  await text.expectMapDrawn()
})

/** Tabs on until the focus is on such an element. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`60 tabs do not reach ${selector}`)
}

test('axe, the tools of writing, with something written and a branch pinned', async ({ page, generate }) => {
  await generate.open()
  await generate.write('write-one')
  await page.getByTestId('pin').click()
  await generate.write('write-one')
  for (const tool of ['sampling', 'steps', 'reads', 'token', 'cache', 'mask', 'embedding', 'compare']) {
    await generate.openTool(tool)
    await expectClean(page, tool, { within: DRAWER })
    await expectReadable(page, tool, [DARK], DRAWER)
  }
})

test('what has the focus and goes away leaves it near', async ({ page, text }) => {
  const focused = () =>
    page.evaluate(() => {
      const { tagName, dataset } = document.activeElement as HTMLElement
      return dataset.testid ?? tagName
    })
  const press = async (testId: string) => {
    await page.getByTestId(testId).focus()
    await page.keyboard.press('Enter')
  }
  await text.open({ hash: '#/text?lesson=sep-sink' })
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await press('lesson-next')
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await expect.poll(focused).toBe('lesson-next')
  await press('lesson-close')
  await expect.poll(focused).toBe('MAIN')
  await press('tool-mask')
  await press('drawer-close')
  await expect.poll(focused).toBe('tool-mask')
  await text.chips.nth(1).focus()
  await page.keyboard.press('Space')
  // The same button takes it back.
  const mask = text.strip.locator('[data-action=mask], [data-action=unmask]')
  await mask.focus()
  for (const action of ['unmask', 'mask']) {
    await text.rerun(() => page.keyboard.press('Enter'))
    await expect(mask).toHaveAttribute('data-action', action)
    await expect(mask).toBeFocused()
  }
  for (const name of ['Hide', 'Mask', 'Remove']) {
    await page.getByTestId('selection-bar').getByRole('button', { name, exact: true }).focus()
    await text.rerun(() => page.keyboard.press('Enter'))
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-testid=token-strip]') !== null), name)
      .toBe(true)
  }
  await page.evaluate(() => {
    location.hash = '#/text?s=broken'
  })
  await page.getByTestId('banner').getByRole('button').last().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('banner')).toHaveCount(0)
  await expect.poll(focused).not.toBe('BODY')
})
