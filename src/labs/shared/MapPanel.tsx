import { useMemo, useState } from 'react'
import { useOneScreen } from '../../views/hooks/useOneScreen.ts'
import { AttentionMap } from '../../views/maps/AttentionMap.tsx'
import type { FitChoice } from '../../views/maps/ScaleLegend.tsx'
import { type HeadChoice, headName, type MapToken } from '../../views/maps/types.ts'
import { CopyButton } from '../../views/primitives/CopyButton.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { differenceBound, shareBound } from '../../viz/bounds.ts'
import type { Contrast } from '../../viz/colour.ts'
import { alignedDifference, alignedTokens, chosenMap, type Side } from './aligned.ts'
import { help } from './help/help.ts'
import { MapExport } from './MapExport.tsx'
import { PinButton, type PinProps } from './PinButton.tsx'
import type { Provenance } from './save_figure.ts'
import { mapTokens } from './tokens.ts'
import type { Change } from './useChange.ts'
import { t } from './words/words.ts'

/** The newest run, the one before the last edit, or what changed between them. */
type Mode = 'now' | 'before' | 'change'

/** Where the page scrolls, the map has a height of its own. */
const SCROLLING_HEIGHT = 680

export interface MapPanelProps {
  run: Side
  choice: HeadChoice
  change: Change | null
  /** Row of the token whose row and column are read. */
  selected: number | null
  onSelect: (row: number | null) => void
  readable?: (query: number, key: number) => boolean
  /** Set while cells are painted: asks to open or close one, by rows of the run. */
  onPaint?: (query: number, key: number, readable: boolean) => void
  /** What made the run: the map can be saved with it. */
  made: Provenance
  /** The run as Python code; absent where no code in transformers is known to give the same numbers. */
  python?: () => Promise<string>
  /** Keeping this run to compare later ones with. */
  pin: PinProps
  /** Whether the colours are fitted to what is shown. */
  fit: FitChoice
  /** Of the colours: small values are lifted where there are many tokens to read. */
  contrast?: Contrast
  /** The first row that this run computed, where those before it were kept from an earlier one. */
  fresh?: number
  /** The panel scrolls with others: it has no height of its own to fill. */
  inScroller?: boolean
}

/** The chosen map, large: as it is, as it was before the last edit, and what changed. */
export function MapPanel(props: MapPanelProps) {
  const { run, choice, change, selected, onSelect, made, python, pin, fit, contrast } = props
  const [wanted, setMode] = useState<Mode>('now')
  const oneScreen = useOneScreen()
  const maxHeight = oneScreen && !props.inScroller ? 'fill' : SCROLLING_HEIGHT
  // Nothing to compare with: the newest run is shown, and the choice is kept for the next edit.
  const mode = change ? wanted : 'now'
  const shown = useMemo(() => shownMap(mode, run, change, choice, fit.fit), [mode, run, change, choice, fit.fit])
  const name = headName(choice)
  const title = sentenceCase(name)
  const modes = (
    <Segmented
      small
      label={t('map.mode')}
      testId="map-mode"
      value={mode}
      options={(['now', 'before', 'change'] as const).map((value) => ({
        value,
        label: t(`map.mode.${value}`),
        disabled: value !== 'now' && !change,
      }))}
      onChange={setMode}
    />
  )
  if (!shown) {
    return (
      <Panel help={help('map')} title={title} testId="map-panel" actions={modes}>
        <p className="hint">{t('map.not-read')}</p>
      </Panel>
    )
  }
  const { matrix, tokens, bound, scale } = shown
  const isNow = mode === 'now'
  // Rows of the shown map and of the run are the same only where the run itself is shown.
  const rowOf = (key: string | undefined) => tokens.findIndex((token) => token.key === key)
  const selectedKey = selected === null ? undefined : String(run.tokens[selected]?.key)
  const row = selected === null ? -1 : rowOf(selectedKey)
  const select = (place: number | null) => {
    const key = place === null ? undefined : tokens[place]?.key
    const own = run.tokens.findIndex((token) => String(token.key) === key)
    onSelect(own < 0 ? null : own)
  }
  return (
    <Panel
      help={help('map')}
      title={title}
      testId="map-panel"
      actions={
        <>
          <MapExport
            title={t('map.title', { name })}
            matrix={matrix}
            tokens={tokens}
            scale={scale}
            bound={bound}
            readable={isNow ? props.readable : undefined}
            selected={row < 0 ? null : row}
            says={t(`map.export.${mode}`)}
            contrast={shown.scale === 'ink' ? contrast : undefined}
            made={made}
          />
          {python && <CopyButton small label={t('python.copy')} text={python} testId="copy-python" />}
          <PinButton {...pin} />
        </>
      }
    >
      <AttentionMap
        matrix={matrix}
        tokens={tokens}
        name={isNow ? name : `${name}, ${t(`map.mode.${mode}`)}`}
        scale={scale}
        bound={bound}
        contrast={scale === 'ink' ? contrast : undefined}
        fit={fit}
        query={row < 0 ? null : row}
        keyIndex={row < 0 ? null : row}
        onQuery={select}
        onKey={select}
        readable={isNow ? props.readable : undefined}
        onPaint={isNow ? props.onPaint : undefined}
        fresh={isNow ? props.fresh : undefined}
        maxHeight={maxHeight}
        modes={modes}
      />
    </Panel>
  )
}

interface ShownMap {
  matrix: Float32Array
  tokens: readonly MapToken[]
  scale: 'ink' | 'diverging'
  bound: number
}

function shownMap(mode: Mode, run: Side, change: Change | null, choice: HeadChoice, fit: boolean): ShownMap | null {
  if (mode === 'change' && change) {
    const matrix = alignedDifference(change.runs, choice)
    const only = { a: (label: string) => `− ${label}`, b: (label: string) => `+ ${label}` }
    return (
      matrix && {
        matrix,
        tokens: alignedTokens(change.runs, only),
        scale: 'diverging',
        bound: differenceBound(matrix),
      }
    )
  }
  const side = mode === 'before' && change ? change.runs.a : run
  const matrix = chosenMap(side, choice)
  return matrix && { matrix, tokens: mapTokens(side.tokens), scale: 'ink', bound: shareBound(fit, matrix) }
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
