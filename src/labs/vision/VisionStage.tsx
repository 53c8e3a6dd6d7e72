import { useMemo } from 'react'
import { readable } from '../../sequence/mask.ts'
import { AttentionStage } from '../shared/AttentionStage.tsx'
import { mapTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { madeBy } from './provenance.ts'
import { rowOfKey } from './readings.ts'
import type { VisionLab } from './state/lab.ts'
import { visionSnippet } from './state/python.ts'
import type { VisionRun } from './state/run.ts'

/** Every map of the run: the atlas, and the chosen one large. */
export function VisionStage({ lab, run }: { lab: VisionLab; run: VisionRun }) {
  const { look, pinned } = useLab(lab.store)
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const mayRead = useMemo(() => readable(run.doc.sequence, run.doc.mask), [run])
  const row = rowOfKey(run, look.query)
  return (
    <AttentionStage
      info={run.model.info}
      result={run.result}
      tokens={tokens}
      choice={look}
      onChoice={({ layer, head }) => lab.look({ layer, head, reading: 'head' })}
      ablated={run.doc.ablated}
      onToggleHead={(layer, head) => lab.setAblated(toggled(run.doc.ablated, layer, head))}
      selected={row < 0 ? null : row}
      onSelect={(next) => {
        const key = next === null ? undefined : run.tokens[next]?.key
        if (key !== undefined) lab.look({ selection: [key], query: key })
      }}
      readable={(query, key) => mayRead(look.layer, query, key)}
      made={madeBy(lab, run)}
      python={() => visionSnippet(run, look)}
      pin={{
        pinned: pinned !== null,
        onPin: (on) => lab.pin(on ? run : null),
        onCompare: () => lab.look({ tool: 'compare' }),
      }}
    />
  )
}

function toggled(pairs: readonly [number, number][], layer: number, head: number): [number, number][] {
  const rest = pairs.filter(([l, h]) => l !== layer || h !== head)
  return rest.length < pairs.length ? rest : [...pairs, [layer, head]]
}
