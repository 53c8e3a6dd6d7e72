import { type ReactNode, useMemo } from 'react'
import type { ForwardResult, ModelInfo } from '../../engine/protocol.ts'
import { Atlas } from '../../views/maps/Atlas.tsx'
import { AttentionMap } from '../../views/maps/AttentionMap.tsx'
import { type HeadChoice, headId, headName, type MapToken } from '../../views/maps/types.ts'
import { CopyButton } from '../../views/primitives/CopyButton.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { headMap, peak } from '../../viz/matrix.ts'
import { AtlasExport } from './AtlasExport.tsx'
import { MapExport } from './MapExport.tsx'
import { PinButton, type PinProps } from './PinButton.tsx'
import type { Provenance } from './save_figure.ts'
import { useHeadStats } from './useHeadStats.ts'

export interface AttentionStageProps {
  info: ModelInfo
  result: ForwardResult
  tokens: readonly MapToken[]
  choice: HeadChoice
  onChoice: (choice: HeadChoice) => void
  ablated: readonly (readonly [layer: number, head: number])[]
  onToggleHead: (layer: number, head: number) => void
  onToggleLayer?: (layer: number) => void
  /** Row of the token whose row and column are read. */
  selected: number | null
  onSelect: (row: number | null) => void
  readable?: (query: number, key: number) => boolean
  /** Set while cells are painted: asks to open or close one, by rows of the run. */
  onPaint?: (query: number, key: number, readable: boolean) => void
  /** What made the run: the maps can be saved with it. */
  made?: Provenance
  /** The run as Python code. */
  python?: () => string
  /** Keeping this run to compare later ones with. */
  pin?: PinProps
  /** Above the atlas, such as a photo. */
  children?: ReactNode
}

/** Every map of a run: the atlas, and the chosen one large. */
export function AttentionStage(props: AttentionStageProps) {
  const { info, result, tokens, choice, onChoice, ablated, onToggleHead, selected, onSelect, readable, children } =
    props
  const { made, pin, python } = props
  const T = result.tokens
  const maps = useMemo(() => result.attentions.map((map) => map?.data ?? null), [result])
  const stats = useHeadStats(maps, T)
  const layerMap = maps[choice.layer]
  const matrix = useMemo(() => layerMap && headMap(layerMap, T, choice.head), [layerMap, T, choice.head])
  const silenced = useMemo(() => new Set(ablated.map(([layer, head]) => headId(layer, head))), [ablated])
  const note = ({ layer, head }: HeadChoice) => {
    if (!maps[layer]) return 'not read back'
    const heads = stats[layer]
    if (!heads) return ''
    const bits = head === 'mean' ? mean(heads.map(({ entropy }) => entropy)) : heads[head]?.entropy
    return `entropy ${bits?.toFixed(2)} bits${head === 'mean' ? ' on average' : ''}`
  }

  return (
    <div className="stage" data-testid="stage">
      <div className="stage-side">
        {children}
        <Panel
          title="Atlas"
          lead={`${info.layers} layers down, ${info.heads} heads across.`}
          actions={made && <AtlasExport maps={maps} heads={info.heads} tokens={tokens} made={made} />}
          testId="atlas-panel"
        >
          <Atlas
            maps={maps}
            heads={info.heads}
            tokens={T}
            selected={choice}
            onSelect={onChoice}
            ablated={silenced}
            onToggleHead={onToggleHead}
            onToggleLayer={props.onToggleLayer}
            note={note}
          />
        </Panel>
      </div>
      <div className="stage-main">
        <Panel title={sentenceCase(headName(choice))} lead="Each row is a query and sums to 1." testId="map-panel">
          {matrix ? (
            <AttentionMap
              matrix={matrix}
              tokens={tokens}
              name={headName(choice)}
              query={selected}
              keyIndex={selected}
              onQuery={onSelect}
              onKey={onSelect}
              readable={readable}
              onPaint={props.onPaint}
              actions={
                <>
                  {made && (
                    <MapExport
                      title={`Attention, ${headName(choice)}`}
                      matrix={matrix}
                      tokens={tokens}
                      bound={peak(matrix)}
                      made={made}
                    />
                  )}
                  {python && <CopyButton small label="Copy as Python" text={python} testId="copy-python" />}
                  {pin && <PinButton {...pin} />}
                </>
              }
            />
          ) : (
            <p className="hint">This layer was not read back; choosing it runs the model again.</p>
          )}
        </Panel>
      </div>
    </div>
  )
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
