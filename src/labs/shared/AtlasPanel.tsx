import { useMemo } from 'react'
import type { ModelInfo } from '../../engine/protocol.ts'
import { Atlas } from '../../views/maps/Atlas.tsx'
import { type HeadChoice, headId } from '../../views/maps/types.ts'
import { Panel } from '../../views/shell/Panel.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { decimal } from '../../words/numbers.ts'
import { AtlasExport } from './AtlasExport.tsx'
import type { Side } from './aligned.ts'
import { help } from './help/help.ts'
import type { Provenance } from './save_figure.ts'
import { mapTokens } from './tokens.ts'
import type { Change } from './useChange.ts'
import { useHeadStats } from './useHeadStats.ts'
import { t } from './words/words.ts'

export interface AtlasPanelProps {
  info: ModelInfo
  run: Side
  choice: HeadChoice
  onChoice: (choice: HeadChoice) => void
  change: Change | null
  ablated: readonly (readonly [layer: number, head: number])[]
  onToggleHead: (layer: number, head: number) => void
  onToggleLayer?: (layer: number) => void
  made: Provenance
  /** Colours end at the largest value of all maps, and not at 1. */
  fit: boolean
}

/** Every map of a run as small multiples; those that the last edit moved most are marked. */
export function AtlasPanel(props: AtlasPanelProps) {
  const { info, run, choice, onChoice, change, ablated, onToggleHead, onToggleLayer, made, fit } = props
  const maps = useMemo(() => run.result.attentions.map((map) => map?.data ?? null), [run])
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const stats = useHeadStats(maps, run.result.tokens)
  const silenced = useMemo(() => new Set(ablated.map(([layer, head]) => headId(layer, head))), [ablated])
  const moved = useMemo(
    () => new Map(change?.moved.map(({ layer, head, distance }) => [headId(layer, head), distance])),
    [change],
  )
  const bound = useMemo(() => shareBound(fit, ...maps.flatMap((map) => map ?? [])), [fit, maps])
  const note = ({ layer, head }: HeadChoice) => {
    if (!maps[layer]) return t('atlas.not-read')
    const heads = stats[layer]
    if (!heads) return ''
    const bits = head === 'mean' ? mean(heads.map(({ entropy }) => entropy)) : (heads[head]?.entropy ?? 0)
    return t(head === 'mean' ? 'atlas.entropy.mean' : 'atlas.entropy', { bits: decimal(bits, 2) })
  }
  return (
    <Panel
      help={help('atlas')}
      title={t('atlas.title')}
      lead={t('atlas.lead', { layers: info.layers, heads: info.heads })}
      actions={
        <AtlasExport
          {...{ maps, tokens, bound, moved, made }}
          heads={info.heads}
          ablated={silenced}
          selected={choice}
        />
      }
      testId="atlas-panel"
    >
      <Atlas
        maps={maps}
        heads={info.heads}
        tokens={run.result.tokens}
        selected={choice}
        onSelect={onChoice}
        ablated={silenced}
        moved={moved}
        bound={bound}
        onToggleHead={onToggleHead}
        onToggleLayer={onToggleLayer}
        note={note}
      />
    </Panel>
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
