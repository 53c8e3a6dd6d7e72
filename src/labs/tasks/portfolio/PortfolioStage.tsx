import { useMemo } from 'react'
import { DEFAULT_MASK, readable } from '../../../sequence/mask.ts'
import type { HeadChoice } from '../../../views/maps/types.ts'
import { AtlasPanel } from '../../shared/AtlasPanel.tsx'
import { toggledHead } from '../../shared/ablation.ts'
import { ChangeLine } from '../../shared/ChangeLine.tsx'
import { MapPanel } from '../../shared/MapPanel.tsx'
import { useChange } from '../../shared/useChange.ts'
import { useLab } from '../../shared/useLab.ts'
import { AssetReads } from './AssetReads.tsx'
import { PortfolioPanel } from './PortfolioPanel.tsx'
import { madeBy } from './provenance.ts'
import type { PortfolioLab } from './state/lab.ts'
import type { PortfolioRun } from './state/run.ts'

export interface PortfolioStageProps {
  lab: PortfolioLab
  run: PortfolioRun
  /** The run before the last edit. */
  before: PortfolioRun | null
}

/** The day and its forecasts; beside them which assets each class token reads, and every map. */
export function PortfolioStage({ lab, run, before }: PortfolioStageProps) {
  const { look, pinned } = useLab(lab.store)
  const change = useChange(before, run)
  const mayRead = useMemo(() => readable(run.doc.sequence, DEFAULT_MASK), [run])
  const row = run.tokens.findIndex(({ key }) => key === look.query)
  const made = madeBy(lab, run)
  const onChoice = ({ layer, head }: HeadChoice) => lab.look({ layer, head })
  return (
    <>
      <ChangeLine change={change} onChoice={onChoice} />
      <div className="stage" data-testid="stage">
        <PortfolioPanel lab={lab} run={run} />
        <div className="stage-side">
          <AssetReads lab={lab} run={run} />
          <AtlasPanel
            info={run.model.info}
            run={run}
            choice={look}
            onChoice={onChoice}
            change={change}
            ablated={run.doc.ablated}
            onToggleHead={(layer, head) => lab.setAblated(toggledHead(run.doc.ablated, layer, head))}
            made={made}
            fit={look.fit}
          />
          <MapPanel
            run={run}
            choice={look}
            change={change}
            inScroller
            fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
            selected={row < 0 ? null : row}
            onSelect={(next) => {
              const key = next === null ? undefined : run.tokens[next]?.key
              if (key !== undefined) lab.look({ selection: [key], query: key })
            }}
            readable={(query, key) => mayRead(look.layer, query, key)}
            made={made}
            pin={{
              pinned: pinned !== null,
              onPin: (on) => lab.pin(on ? run : null),
              onCompare: () => lab.look({ tool: 'compare' }),
            }}
          />
        </div>
      </div>
    </>
  )
}
