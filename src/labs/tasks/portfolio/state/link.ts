/** How the portfolio half writes its links. */

import { DEFAULT_MASK } from '../../../../sequence/mask.ts'
import { encodeTokens } from '../../../../sequence/serialise.ts'
import type { PortfolioLink } from './link_schema.ts'
import type { PortfolioLook } from './look.ts'
import type { Market } from './market.ts'
import type { PortfolioDoc } from './run.ts'

export type { PortfolioLink }

export function encodePortfolio(
  { model, sequence, base, day, leaves, shocks, ablated }: PortfolioDoc,
  market: Pick<Market, 'name' | 'source'> | null,
  { selection: _, query: key, ...look }: PortfolioLook,
): PortfolioLink {
  const query = sequence.tokens.findIndex((token) => token.key === key)
  return {
    lab: 'tasks',
    half: 'portfolio',
    model,
    ...(market?.source === 'sample' && { sample: market.name }),
    ...(market?.source === 'own' && { own: true as const }),
    day,
    tokens: encodeTokens(sequence, DEFAULT_MASK, base),
    ...(leaves === 'portfolio' && { leaves }),
    ...(shocks.length > 0 && { shocks: [...shocks] }),
    ...(ablated.length > 0 && { ablated }),
    look: { ...look, query: Math.max(0, query) },
  }
}

/** Prices of one's own are in no link: whoever opens it sees a sample. */
export function isMarketAbsent({ own, sample }: PortfolioLink): boolean {
  return !!own && sample === undefined
}
