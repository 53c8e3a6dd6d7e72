import { useMemo } from 'react'
import { fetchPart } from '../../../../core/fetch_part.ts'
import { readable } from '../../../../sequence/mask.ts'
import type { HeadChoice } from '../../../../views/maps/types.ts'
import { AtlasPanel } from '../../../shared/AtlasPanel.tsx'
import { toggledHead } from '../../../shared/ablation.ts'
import { MapPanel } from '../../../shared/MapPanel.tsx'
import { useChange } from '../../../shared/useChange.ts'
import { useLab } from '../../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { rowOfKey } from '../state/readings.ts'
import { maskOf } from '../state/reads.ts'
import { isWritable } from '../state/run.ts'
import type { PictureToolProps } from './props.ts'

/** Every map of the run, heads to silence, and the chosen one large: class tokens and patches as rows and columns. */
export default function MapsTool({ lab, run }: PictureToolProps) {
  const { look, pinned, before } = useLab(lab.store)
  const change = useChange(before, run)
  const mayRead = useMemo(() => readable(run.doc.sequence, maskOf(run.doc.sequence, run.doc.reads)), [run])
  const row = rowOfKey(run, look.query)
  const made = madeBy(lab, run)
  const onChoice = ({ layer, head }: HeadChoice) => lab.look({ layer, head })
  return (
    <>
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
            ? async () => (await fetchPart(() => import('../state/python.ts'))).pictureSnippet(run, look)
            : undefined
        }
        pin={{
          pinned: pinned !== null,
          onPin: (on) => lab.pin(on ? run : null),
          onCompare: () => lab.look({ tool: 'compare' }),
        }}
      />
    </>
  )
}
