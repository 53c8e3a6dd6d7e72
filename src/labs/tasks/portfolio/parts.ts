/** What the portfolio half answers for its links. */

import { isMarketAbsent, type PortfolioLink } from './state/link.ts'
import { t } from './words/words.ts'

export const portfolio = {
  remark: (link: PortfolioLink): string | null => (isMarketAbsent(link) ? t('link.no.prices') : null),
  patched(link: Partial<PortfolioLink>, patch: object): object {
    // Other prices take the place of those that were there.
    const { sample: _, own: __, day: ___, ...rest } = link
    return { ...('sample' in patch ? rest : link), ...patch }
  },
  forModel: ({ sample, own, day, shocks }: PortfolioLink, model: string): PortfolioLink => ({
    lab: 'tasks',
    half: 'portfolio',
    model,
    sample,
    own,
    day,
    shocks,
  }),
}
