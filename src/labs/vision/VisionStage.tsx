import { useMemo } from 'react'
import { fetchPart } from '../../core/fetch_part.ts'
import { readable } from '../../sequence/mask.ts'
import type { HeadChoice } from '../../views/maps/types.ts'
import { Panel } from '../../views/shell/Panel.tsx'
import { AtlasPanel } from '../shared/AtlasPanel.tsx'
import { toggledHead } from '../shared/ablation.ts'
import { ChangeLine } from '../shared/ChangeLine.tsx'
import { MapPanel } from '../shared/MapPanel.tsx'
import type { Sample } from '../shared/samples/samples.ts'
import { useChange } from '../shared/useChange.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { LayerFilm } from './LayerFilm.tsx'
import { PhotoPanel } from './PhotoPanel.tsx'
import { madeBy } from './provenance.ts'
import { contrastOf, rowOfKey } from './readings.ts'
import type { VisionLab } from './state/lab.ts'
import { hasClass } from './state/python_classes.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface VisionStageProps {
  lab: VisionLab
  run: VisionRun
  /** The run before the last edit. */
  before: VisionRun | null
  samples: readonly Sample[]
}

async function snippet(run: VisionRun, choice: HeadChoice): Promise<string> {
  if (run.model.info.reconstructs) {
    return (await fetchPart(() => import('./state/python_mae.ts'))).maeSnippet(run, choice)
  }
  return (await fetchPart(() => import('./state/python.ts'))).visionSnippet(run, choice)
}

/** What the run shows: what changed, the photo with what a token reads in it, every map, the chosen one large. */
export function VisionStage({ lab, run, before, samples }: VisionStageProps) {
  const { look, pinned } = useLab(lab.store)
  const change = useChange(before, run)
  const mayRead = useMemo(() => readable(run.doc.sequence, run.doc.mask, run.doc.sequence, run.model.info.heads), [run])
  const row = rowOfKey(run, look.query)
  const made = madeBy(lab, run)
  const onChoice = ({ layer, head }: HeadChoice) => lab.look({ layer, head, reading: 'head' })
  return (
    <>
      <ChangeLine change={change} onChoice={onChoice} />
      <div className="stage" data-testid="stage">
        <PhotoPanel lab={lab} run={run} samples={samples} />
        <div className="stage-side">
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
          <Panel help={help('film')} title={t('film')}>
            <LayerFilm lab={lab} run={run} />
          </Panel>
          <MapPanel
            run={run}
            choice={look}
            change={change}
            inScroller
            fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
            contrast={contrastOf(look)}
            selected={row < 0 ? null : row}
            onSelect={(next) => {
              const key = next === null ? undefined : run.tokens[next]?.key
              if (key !== undefined) lab.look({ selection: [key], query: key })
            }}
            readable={(query, key) => mayRead(look.layer, query, key, look.head)}
            made={made}
            python={hasClass(run.model) ? () => snippet(run, look) : undefined}
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
