import { ChangeLine } from '../../shared/ChangeLine.tsx'
import type { Sample } from '../../shared/samples/samples.ts'
import { useChange } from '../../shared/useChange.ts'
import { ClsMaps } from './ClsMaps.tsx'
import { PicturePanel } from './PicturePanel.tsx'
import type { PictureLab } from './state/lab.ts'
import type { PictureRun } from './state/run.ts'

export interface PictureStageProps {
  lab: PictureLab
  run: PictureRun
  /** The run before the last edit. */
  before: PictureRun | null
  samples: readonly Sample[]
}

/** The picture under what one token reads; beside it the same of every class token, by layer and by head. */
export function PictureStage({ lab, run, before, samples }: PictureStageProps) {
  const change = useChange(before, run)
  return (
    <>
      <ChangeLine change={change} onChoice={({ layer, head }) => lab.look({ layer, head })} />
      <div className="stage" data-testid="stage">
        <PicturePanel lab={lab} run={run} samples={samples} />
        <div className="stage-side">
          <ClsMaps lab={lab} run={run} />
        </div>
      </div>
    </>
  )
}
