import { useMemo } from 'react'
import { fetchPart } from '../../../core/fetch_part.ts'
import { readable } from '../../../sequence/mask.ts'
import type { HeadChoice } from '../../../views/maps/types.ts'
import { AtlasPanel } from '../../shared/AtlasPanel.tsx'
import { toggledHead } from '../../shared/ablation.ts'
import { ChangeLine } from '../../shared/ChangeLine.tsx'
import { MapPanel } from '../../shared/MapPanel.tsx'
import type { Sample } from '../../shared/samples/samples.ts'
import { useChange } from '../../shared/useChange.ts'
import { useLab } from '../../shared/useLab.ts'
import { ClsMaps } from './ClsMaps.tsx'
import { PicturePanel } from './PicturePanel.tsx'
import { madeBy } from './provenance.ts'
import type { PictureLab } from './state/lab.ts'
import { rowOfKey } from './state/readings.ts'
import { maskOf } from './state/reads.ts'
import { isWritable, type PictureRun } from './state/run.ts'

export interface PictureStageProps {
  lab: PictureLab
  run: PictureRun
  /** The run before the last edit. */
  before: PictureRun | null
  samples: readonly Sample[]
}

/** The picture under what one token reads; beside it the same of every class token, by layer and by head, and every map. */
export function PictureStage({ lab, run, before, samples }: PictureStageProps) {
  const { look, pinned } = useLab(lab.store)
  const change = useChange(before, run)
  const mayRead = useMemo(() => readable(run.doc.sequence, maskOf(run.doc.sequence, run.doc.reads)), [run])
  const row = rowOfKey(run, look.query)
  const made = madeBy(lab, run)
  const onChoice = ({ layer, head }: HeadChoice) => lab.look({ layer, head })
  return (
    <>
      <ChangeLine change={change} onChoice={onChoice} />
      <div className="stage" data-testid="stage">
        <PicturePanel lab={lab} run={run} samples={samples} />
        <div className="stage-side">
          <ClsMaps lab={lab} run={run} />
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
            python={
              isWritable(run)
                ? async () => (await fetchPart(() => import('./state/python.ts'))).pictureSnippet(run, look)
                : undefined
            }
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
