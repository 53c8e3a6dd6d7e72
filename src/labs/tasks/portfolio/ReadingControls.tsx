import { LayerHead } from '../../shared/LayerHead.tsx'
import { useLab } from '../../shared/useLab.ts'
import type { PortfolioLab } from './state/lab.ts'
import type { PortfolioRun } from './state/run.ts'

/** Whose maps are shown: a layer, and a head or the mean of all. */
export function ReadingControls({ lab, run }: { lab: PortfolioLab; run: PortfolioRun }) {
  const { look } = useLab(lab.store)
  return (
    <div className="row">
      <LayerHead choice={look} info={run.model.info} onChoice={lab.look} />
    </div>
  )
}
