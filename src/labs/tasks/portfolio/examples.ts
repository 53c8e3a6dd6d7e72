/** What the portfolio half offers in the menu. */

import type { Example } from '../../definition.ts'
import type { PortfolioLink } from './state/link.ts'
import { t } from './words/words.ts'

type Id = 'calm' | 'crash' | 'masked' | 'shock' | 'order' | 'ahead' | 'risk' | 'pooled'

/** @param id also the key of its words */
function example(id: Id, link: Omit<PortfolioLink, 'lab' | 'half' | 'model'>): Example<PortfolioLink> {
  return {
    id: `portfolio-${id}`,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'tasks', half: 'portfolio', model: 'clsroom-portfolio', ...link },
  }
}

const looking = (rest: Partial<NonNullable<PortfolioLink['look']>> = {}) => ({
  layer: 2,
  head: 'mean' as const,
  query: 2,
  ...rest,
})

/** Places in the strip: four class tokens, then AAPL, AMD, BAC and so on. */
const [AMD, BAC, JPM] = [5, 6, 12]

export const PORTFOLIO_EXAMPLES: readonly Example<PortfolioLink>[] = [
  example('calm', { sample: '2017-10-10', look: looking() }),
  example('crash', { sample: '2008-10-24', look: looking() }),
  example('masked', {
    sample: '2008-09-12',
    tokens: { states: [BAC, JPM].map((place) => ({ at: [[place, 1]], status: 'masked' as const })) },
    look: looking({ query: 3 }),
  }),
  example('shock', {
    sample: '2017-10-10',
    shocks: [{ row: 1, move: -0.3, scale: 1 }],
    look: looking({ query: 0 }),
  }),
  example('order', { sample: '2011-08-05', look: looking({ tool: 'checks' }) }),
  example('ahead', { sample: '2020-02-21', day: 130, look: looking({ tool: 'walk' }) }),
  example('risk', {
    sample: '2020-03-18',
    tokens: { states: [{ at: [[AMD, 1]], status: 'removed' as const }] },
    leaves: 'portfolio',
    look: looking({ tool: 'risk', horizon: 2 }),
  }),
  example('pooled', { sample: '2005-07-05', look: looking({ tool: 'pooling' }) }),
]
