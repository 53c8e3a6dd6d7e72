/** What axe finds. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type Axe from 'axe-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export interface Asked {
  /** The whole page, or a part of it: what stands around was asked already. */
  within?: string
  /** All of WCAG 2.2 AA and good practice, or those named. */
  rules?: readonly string[]
  /** What axe sees wrongly. */
  except?: readonly string[]
}

/** @returns a line for each element that breaks a rule: the rule, the element, and why */
export async function axeFinds(page: Page, { within, rules, except = [] }: Asked = {}): Promise<string[]> {
  // What is computed anew is dimmed meanwhile.
  await expect(page.locator('.lab[data-computing]')).toHaveCount(0, { timeout: 60_000 })
  // Once a document: axe is half a megabyte.
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(SOURCE)
  }
  const context = { ...(within && { include: within }), exclude: [...except] }
  const options: Axe.RunOptions = {
    runOnly: rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: TAGS },
    // What is in order is not written down: that takes longer than to look.
    resultTypes: ['violations'],
  }
  const violations = await page.evaluate(look, { context, options })
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)}: ${any[0]?.message ?? ''}`),
  )
}

/** In the page, once it shows what was asked of it: another theme is there two frames later. */
async function look({
  context,
  options,
}: {
  context: { include?: string; exclude: string[] }
  options: Axe.RunOptions
}) {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
  await frame()
  await frame()
  const { axe } = window as unknown as { axe: typeof Axe }
  return (await axe.run(context, options)).violations
}
