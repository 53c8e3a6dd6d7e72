/** The portfolio half's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import type { HelpRef } from '../../../../views/help/help.ts'
import { help as sharedHelp } from '../../../shared/help/help.ts'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { PortfolioToolProps } from './props.ts'

type ToolId = 'risk' | 'windows' | 'walk' | 'checks' | 'pooling' | 'compare'

type Part = { default: ComponentType<PortfolioToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>, help: HelpRef) => ({
  id,
  title: () => t(`tool.${id}`),
  help,
  Tool: lazyPart(load),
})

export const PORTFOLIO_TOOLS: readonly ToolGroup<PortfolioToolProps>[] = [
  {
    id: 'assets',
    title: () => t('tools.assets'),
    tools: [
      tool('risk', () => import('./RiskTool.tsx'), help('tool.risk')),
      tool('windows', () => import('./WindowsTool.tsx'), help('tool.windows')),
    ],
  },
  {
    id: 'forecast',
    title: () => t('tools.forecast'),
    tools: [
      tool('walk', () => import('./WalkTool.tsx'), help('tool.walk')),
      tool('checks', () => import('./ChecksTool.tsx'), help('tool.checks')),
    ],
  },
  {
    id: 'tokens',
    title: () => t('tools.tokens'),
    tools: [
      tool('pooling', () => import('./PoolingTool.tsx'), help('tool.pooling')),
      tool('compare', () => import('./CompareTool.tsx'), sharedHelp('tool.compare')),
    ],
  },
]
