import { useMemo } from 'react'
import type { PaintedCell, Readable } from '../../sequence/mask.ts'
import { CellBoard } from '../../views/board/CellBoard.tsx'
import { Formula } from '../../views/formula/Formula.tsx'
import { useOneScreen } from '../../views/hooks/useOneScreen.ts'
import { useTheme } from '../../views/hooks/useTheme.ts'
import { headName } from '../../views/maps/types.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { type BoardColour, maskColours, pairColours, reachColours, tileColours } from '../../viz/board_colours.ts'
import { formatPercent } from '../../viz/format.ts'
import { STROKE_SHAPES } from '../../viz/strokes.ts'
import { mapTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { type BoardMode, boardMode, maskCodes, pairCodes, reachCodes, tileCodes } from './board.ts'
import { help } from './help/help.ts'
import type { MasksLab } from './state/lab.ts'
import { SCOPES, VALUES } from './state/look.ts'
import { cellsOf, type MasksRun, openCells, silentRows } from './state/run.ts'
import { maskTex } from './state/tex.ts'
import { t } from './words/words.ts'

/** Where the page scrolls, the board has a height of its own. */
const SCROLLING_HEIGHT = 680
/** So many rows that read nothing are named. */
const NAMED = 6

export interface BoardPanelProps {
  lab: MasksLab
  run: MasksRun
  /** What the run may read. */
  readable: Readable
  selected: number | null
  onSelect: (row: number | null) => void
}

/** The mask of the chosen layer and head as a board that is painted, under its formula. */
export function BoardPanel({ lab, run, readable, selected, onSelect }: BoardPanelProps) {
  const { look, pinned } = useLab(lab.store)
  const theme = useTheme()
  const oneScreen = useOneScreen()
  const { layer, head, after, tile } = look
  const T = run.tokens.length
  const mode = boardMode(look.tool, pinned !== null)
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const cells = useMemo(() => cellsOf(readable, T, layer, head), [readable, T, layer, head])
  const codes = useMemo(() => {
    if (mode === 'reach') return reachCodes(run, after)
    if (mode === 'tiles') return tileCodes(cells, T, tile)
    if (mode === 'pair' && pinned) return pairCodes(pinned, run, { layer, head })
    return maskCodes(run, cells, layer)
  }, [mode, run, cells, T, layer, head, after, tile, pinned])
  const colours = useMemo((): readonly BoardColour[] => {
    if (mode === 'reach') return reachColours(theme, run.info.layers)
    if (mode === 'tiles') return tileColours(theme)
    return mode === 'pair' ? pairColours(theme) : maskColours(theme)
  }, [mode, theme, run])
  const silent = useMemo(() => silentRows(cells, T), [cells, T])
  const open = useMemo(() => openCells(cells), [cells])
  const label = (row: number) => run.tokens[row]?.label ?? ''
  const paint = (found: [number, number][], [q, k]: [number, number]) => {
    const at = look.scope === 'all' ? ('all' as const) : layer
    const painted = found.flatMap(([query, key]) => {
      const [reads, read] = [run.tokens[query], run.tokens[key]]
      return reads && read ? [{ layer: at, query: reads.key, key: read.key }] : []
    })
    if (look.value === 'rules') return lab.erase(painted)
    const opens = look.value === 'flip' ? !cells[q * T + k] : look.value === 'open'
    lab.paint(painted.map((cell): PaintedCell => ({ ...cell, readable: opens })))
  }
  const paints = mode === 'mask' || mode === 'tiles'
  return (
    <Panel
      help={help('board')}
      title={t(`board.${mode}`, { after })}
      lead={
        <Formula
          tex={maskTex(run.doc.rules, run.info)}
          text={run.doc.rules.map(({ text }) => text).join(' ; ') || 'true'}
          testId="formula"
        />
      }
      testId="board-panel"
      actions={<Places lab={lab} run={run} />}
    >
      <CellBoard
        tokens={tokens}
        codes={codes}
        colours={colours}
        name={t('board.name', { what: t(`board.${mode}`, { after }), where: headName({ layer, head }) })}
        say={(query, key) =>
          sentence(mode, codes[query * T + key] as number, label(query), label(key), run.info.layers)
        }
        value={(query, key) => codes[query * T + key] as number}
        silent={mode === 'mask' ? silent : undefined}
        tile={mode === 'tiles' ? tile : undefined}
        query={selected}
        onPick={onSelect}
        stroke={look.brush}
        onStroke={paints ? paint : undefined}
        maxHeight={oneScreen ? 'fill' : SCROLLING_HEIGHT}
        modes={<Brushes lab={lab} disabled={!paints} painted={run.doc.mask.paint.length} />}
        foot={
          <p className="hint board-facts" data-testid="board-facts" role="status">
            <Legend mode={mode} colours={colours} />{' '}
            {t('open', { open, all: T * T, share: formatPercent(open / (T * T)) })}{' '}
            {silent.length > 0 && (
              <b data-testid="silent">
                {t(silent.length > NAMED ? 'silent.more' : 'silent', {
                  tokens: silent.slice(0, NAMED).map(label).join(', '),
                  count: silent.length,
                  more: silent.length - NAMED,
                })}
              </b>
            )}
          </p>
        }
      />
    </Panel>
  )
}

/** What a stroke covers, what it makes of its cells, and where it counts. */
function Brushes({ lab, disabled, painted }: { lab: MasksLab; disabled: boolean; painted: number }) {
  const { look } = useLab(lab.store)
  return (
    <span className="board-tools">
      <Segmented
        label={t('brush')}
        small
        testId="brush"
        value={look.brush}
        options={STROKE_SHAPES.map((value) => ({
          value,
          label: t(`brush.${value}`),
          title: t(`brush.${value}.hint`),
          disabled,
        }))}
        onChange={(brush) => lab.look({ brush })}
      />
      <Select
        label={t('value')}
        inline
        testId="value"
        value={look.value}
        options={VALUES.map((value) => ({ value, label: t(`value.${value}`) }))}
        onChange={(value) => lab.look({ value })}
      />
      <Select
        label={t('scope')}
        inline
        testId="scope"
        value={look.scope}
        options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`, { layer: look.layer + 1 }) }))}
        onChange={(scope) => lab.look({ scope })}
      />
      {painted > 0 && (
        <Button small look="quiet" onClick={lab.clearPaint} data-testid="clear-paint">
          {t('paint.clear', { count: painted })}
        </Button>
      )}
    </span>
  )
}

/** Which layer and head are on screen. */
function Places({ lab, run }: { lab: MasksLab; run: MasksRun }) {
  const { look } = useLab(lab.store)
  const { layers, heads } = run.info
  return (
    <>
      <Select
        label={t('layer')}
        inline
        testId="layer"
        value={String(look.layer)}
        options={Array.from({ length: layers }, (_, i) => ({
          value: String(i),
          label: t('layer.one', { layer: i + 1 }),
        }))}
        onChange={(layer) => lab.look({ layer: Number(layer) })}
      />
      <Select
        label={t('head')}
        inline
        testId="head"
        value={String(look.head)}
        options={[
          { value: 'mean', label: t('head.any') },
          ...Array.from({ length: heads }, (_, i) => ({ value: String(i), label: t('head.one', { head: i + 1 }) })),
        ]}
        onChange={(head) => lab.look({ head: head === 'mean' ? 'mean' : Number(head) })}
      />
    </>
  )
}

function Legend({ mode, colours }: { mode: BoardMode; colours: readonly BoardColour[] }) {
  return (
    <span className="board-legend" data-testid="board-legend">
      {legendOf(mode, colours).map(([colour, words]) => (
        <span key={words}>
          <i style={{ backgroundColor: colour?.fill }} data-hatched={colour?.hatched || undefined} aria-hidden="true" />
          {words}
        </span>
      ))}
    </span>
  )
}

function legendOf(
  mode: BoardMode,
  colours: readonly BoardColour[],
): [colour: BoardColour | undefined, words: string][] {
  switch (mode) {
    case 'mask':
      return [
        [colours[1], t('legend.open')],
        [colours[0], t('legend.closed')],
      ]
    case 'reach':
      return [
        [colours[0], t('legend.reach.self')],
        [colours.at(-2), t('legend.reach.last', { layers: colours.length - 2 })],
        [colours.at(-1), t('legend.reach.never')],
      ]
    case 'tiles':
      return [
        [colours[4], t('legend.full')],
        [colours[3], t('legend.partial')],
        [colours[0], t('legend.empty')],
      ]
    case 'pair':
      return [
        [colours[1], t('legend.both')],
        [colours[2], t('legend.first')],
        [colours[3], t('legend.second')],
      ]
  }
}

/** What a cell says. */
function sentence(mode: BoardMode, code: number, query: string, key: string, layers: number): string {
  const who = { query, key }
  if (mode === 'mask') return t(code % 2 === 1 ? 'cell.open' : 'cell.closed', who)
  if (mode === 'tiles') return t(code % 2 === 1 ? 'cell.open' : 'cell.closed', who)
  if (mode === 'reach') {
    if (code > layers) return t('cell.unreached', who)
    return code === 0 ? t('cell.self', who) : t('cell.reached', { ...who, layer: code })
  }
  return t((['cell.neither', 'cell.both', 'cell.first', 'cell.second'] as const)[code] ?? 'cell.neither', who)
}
