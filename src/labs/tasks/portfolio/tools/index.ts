/** The portfolio half's tools in their groups, in the order of their tabs; each is fetched when it is first opened. */

import type { ComponentType } from 'react'
import { lazyPart } from '../../../shared/lazy_part.ts'
import type { ToolGroup } from '../../../shared/tool_groups.ts'
import { t } from '../words/words.ts'
import type { PortfolioToolProps } from './props.ts'

type ToolId = 'risk' | 'windows' | 'walk' | 'checks' | 'pooling' | 'compare'

type Part = { default: ComponentType<PortfolioToolProps> }

const tool = (id: ToolId, load: () => Promise<Part>) => ({ id, title: () => t(`tool.${id}`), Tool: lazyPart(load) })

export const PORTFOLIO_TOOLS: readonly ToolGroup<PortfolioToolProps>[] = [
  {
    id: 'assets',
    title: () => t('tools.assets'),
    tools: [tool('risk', () => import('./RiskTool.tsx')), tool('windows', () => import('./WindowsTool.tsx'))],
  },
  {
    id: 'forecast',
    title: () => t('tools.forecast'),
    tools: [tool('walk', () => import('./WalkTool.tsx')), tool('checks', () => import('./ChecksTool.tsx'))],
  },
  {
    id: 'tokens',
    title: () => t('tools.tokens'),
    tools: [tool('pooling', () => import('./PoolingTool.tsx')), tool('compare', () => import('./CompareTool.tsx'))],
  },
]
