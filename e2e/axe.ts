/** What axe finds. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

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
  // The other mode opens a page of its own for what frames say, and takes as long as the rules do.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  // What is in order is not written down: that takes longer than to look.
  axe.options({ resultTypes: ['violations'] })
  if (within) axe.include(within)
  for (const one of except) axe.exclude(one)
  const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(TAGS)).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)}: ${any[0]?.message ?? ''}`),
  )
}
