/** axe finds nothing, and a keyboard is enough. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { STRIPS } from './labs.ts'
import { expect, test } from './test.ts'

const SCREENS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

async function expectClean(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
  )
  expect(found, where).toEqual([])
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(`axe, ${screen}`, () => {
    test.use({ viewport })

    for (const route of STRIPS) {
      test(`${route} in light and dark, and with a menu open`, async ({ page, text }) => {
        await text.open({ hash: route })
        await text.chips.first().click()
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await expectClean(page, colorScheme)
          await text.gaps.nth(1).click()
          await expect(page.getByTestId('insert-menu')).toBeVisible()
          await expectClean(page, `${colorScheme}, menu`)
          await page.keyboard.press('Escape')
          await expect(page.getByTestId('insert-menu')).toHaveCount(0)
        }
      })
    }
  })
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(`axe, detect, ${screen}`, () => {
    test.use({ viewport })

    test('in light and dark, with every tool open', async ({ page, detect }) => {
      await detect.open()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await expectClean(page, colorScheme)
        for (const tool of ['queries', 'masks', 'causal', 'scene', 'matching', 'quality', 'slots']) {
          await page.getByTestId(`tool-${tool}`).click()
          await expect(page.getByTestId('drawer').locator('.panel').first()).toBeVisible()
          await expectClean(page, `${colorScheme}, ${tool}`)
        }
        await page.getByTestId('tool-slots').click()
      }
    })
  })
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(`axe, portfolio, ${screen}`, () => {
    test.use({ viewport })

    test('in light and dark, with every tool open', async ({ page, portfolio }) => {
      await portfolio.open()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        for (const tool of ['risk', 'windows', 'walk', 'checks', 'pooling', 'compare']) {
          await page.getByTestId(`tool-${tool}`).click()
          await expect(page.getByTestId('drawer').locator('.panel, .figure').first()).toBeVisible()
          await expectClean(page, `${colorScheme}, ${tool}`)
        }
      }
    })
  })

  test.describe(`axe, tasks, ${screen}`, () => {
    test.use({ viewport })

    test('in light and dark, with every tool open', async ({ page, tasks }) => {
      await tasks.open()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        for (const tool of ['reads', 'gone', 'alike', 'probe', 'pooling', 'cause', 'maps', 'twin', 'compare']) {
          await page.getByTestId(`tool-${tool}`).click()
          await expect(page.getByTestId('drawer').locator('.panel').first()).toBeVisible()
          await expectClean(page, `${colorScheme}, ${tool}`)
        }
      }
    })
  })

  test.describe(`axe, tokenizers, ${screen}`, () => {
    test.use({ viewport })

    test('in light and dark, with every tool open', async ({ page, tokenizers }) => {
      await tokenizers.open()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await expectClean(page, colorScheme)
        for (const tool of TOKENIZER_TOOLS) {
          await tokenizers.openTool(tool)
          await expectClean(page, `${colorScheme}, ${tool}`)
        }
        await page.getByTestId('tool-dropout').click()
      }
    })
  })
}

const TOKENIZER_TOOLS = 'corpus recipe steps columns trip scripts unknown under curves lattice dropout'.split(' ')

test('axe, the map as a table', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('map-as-table').click()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectClean(page, colorScheme)
  }
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
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectClean(page, colorScheme)
  }
})

test('axe, the sheet for a model of one’s own, with an error', async ({ page, text }) => {
  await text.open()
  await page.getByTestId('own-model').click()
  await page.getByTestId('model-address').fill('not a model')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('load-model').getByTestId('banner')).toBeVisible()
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectClean(page, `${screen}, ${colorScheme}`)
    }
  }
})

test('targets are at least 24 px', async ({ page, text }) => {
  await page.setViewportSize(SCREENS.phone)
  for (const hash of STRIPS) {
    await text.open({ hash })
    await text.chips.first().click()
    const small = await page.locator('main button, main a, main select, main [role=tab]').evaluateAll((targets) =>
      targets.flatMap((target) => {
        if (target.closest('[aria-hidden=true], .sr-only')) return []
        const { width, height } = target.getBoundingClientRect()
        return width > 0 && (width < 24 || height < 24)
          ? [`${target.outerHTML.slice(0, 100)}: ${width} × ${height}`]
          : []
      }),
    )
    expect(small).toEqual([])
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
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectClean(page, `${tool}, ${colorScheme}`)
    }
  }
})
