import { type ReactNode, useMemo } from 'react'
import type { AlignedRow } from '../../core/align.ts'
import { HeatGrid } from '../../views/charts/HeatGrid.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import { AttentionMap } from '../../views/maps/AttentionMap.tsx'
import type { FitChoice } from '../../views/maps/ScaleLegend.tsx'
import { type HeadChoice, headName, type MapToken } from '../../views/maps/types.ts'
import { Panel } from '../../views/shell/Panel.tsx'
import { differenceBound, shareBound } from '../../viz/bounds.ts'
import type { Contrast } from '../../viz/colour.ts'
import { stateCosines } from '../../viz/difference.ts'
import { formatChange, formatValue, isChange } from '../../viz/format.ts'
import { matrixSvg } from '../../viz/matrix_svg.ts'
import { numbered } from '../../viz/table.ts'
import { type Side as AlignedSide, alignedDifference, alignedTokens, alignRuns, chosenMap } from './aligned.ts'
import { Chart } from './Chart.tsx'
import { help } from './help/help.ts'
import { MapExport } from './MapExport.tsx'
import type { Provenance } from './save_figure.ts'
import { mapTokens } from './tokens.ts'
import { t } from './words/words.ts'

/** One of the two runs that are compared. */
export interface Side extends AlignedSide {
  model: string
}

/** A token that one run lacks says so: it is gone, or it has come. */
const ONLY = { a: (label: string) => `− ${label}`, b: (label: string) => `+ ${label}` }

/** The two runs, as columns of a table of answers. */
export function runColumns() {
  return [
    { id: 'pinned', title: t('compare.pinned'), hint: t('compare.pinned.hint') },
    { id: 'now', title: t('compare.now'), hint: t('compare.now.hint') },
  ]
}

export function differenceName(): string {
  return t('compare.difference')
}

export interface CompareProps {
  /** The pinned run, and the newest one. */
  a: Side
  b: Side
  /** The head whose maps are shown. */
  choice: HeadChoice
  /** Both states, for the files that are saved. */
  made: Provenance
  /** The answers of both runs side by side. */
  answers: ReactNode
  /** Whether the colours of the maps are fitted to them. */
  fit: FitChoice
  /** Of the colours of the maps. */
  contrast?: Contrast
  /** Key of the token whose row and column are marked. */
  selected: number | null
  onSelect: (key: number | null) => void
}

/** Two runs: the answers, both maps, their difference, and how far each hidden state has moved. Rows belong together by token. */
export function Compare({ a, b, choice, made, answers, selected, onSelect, fit, contrast }: CompareProps) {
  const runs = useMemo(() => alignRuns(a, b), [a, b])
  const aligned = runs.rows
  const tokens = useMemo(() => alignedTokens(runs, ONLY), [runs])
  const matrixA = useMemo(() => chosenMap(a, choice), [a, choice])
  const matrixB = useMemo(() => chosenMap(b, choice), [b, choice])
  const difference = useMemo(() => alignedDifference(runs, choice), [runs, choice])
  const bound = shareBound(fit.fit, matrixA ?? [], matrixB ?? [])
  const apart = aligned.filter((row) => row.a === null || row.b === null).length
  const name = headName(choice)

  const side = (which: 'pinned' | 'now', run: Side, matrix: Float32Array | null) => {
    const row = run.tokens.findIndex(({ key }) => key === selected)
    const pick = (place: number | null) => onSelect(place === null ? null : (run.tokens[place]?.key ?? null))
    const shown = mapTokens(run.tokens)
    const title = `${t(`compare.${which}`)}: ${name}`
    return (
      <Panel
        help={help('map')}
        title={t(`compare.${which}`)}
        lead={t(`compare.${which}.hint`)}
        testId={`compare-${which}`}
      >
        {matrix ? (
          <AttentionMap
            matrix={matrix}
            tokens={shown}
            name={title}
            bound={bound}
            contrast={contrast}
            fit={fit}
            query={row < 0 ? null : row}
            keyIndex={row < 0 ? null : row}
            onQuery={pick}
            onKey={pick}
            maxHeight={420}
            actions={<MapExport {...{ title, matrix, bound, contrast, made }} tokens={shown} />}
          />
        ) : (
          <p className="hint">{t('compare.not-read', { layer: choice.layer + 1 })}</p>
        )}
      </Panel>
    )
  }

  const place = aligned.findIndex(({ key }) => key === selected)
  const pick = (row: number | null) => onSelect(row === null ? null : (aligned[row]?.key ?? null))
  const reach = difference ? differenceBound(difference) : 0
  const differenceTitle = `${differenceName()}: ${name}`
  return (
    <>
      <Panel help={help('answers')} title={t('compare.answers')} testId="compare-answers">
        {answers}
      </Panel>
      <div className="compare-maps">
        {side('pinned', a, matrixA)}
        {side('now', b, matrixB)}
        <Panel
          help={help('difference')}
          title={differenceName()}
          lead={difference ? saidChange(difference, tokens) : undefined}
          testId="compare-difference"
        >
          {difference ? (
            <AttentionMap
              matrix={difference}
              tokens={tokens}
              name={differenceTitle}
              scale="diverging"
              bound={reach}
              query={place < 0 ? null : place}
              keyIndex={place < 0 ? null : place}
              onQuery={pick}
              onKey={pick}
              maxHeight={420}
              actions={
                <MapExport
                  title={differenceTitle}
                  matrix={difference}
                  tokens={tokens}
                  scale="diverging"
                  bound={reach}
                  made={made}
                />
              }
            />
          ) : (
            <p className="hint">{t('compare.no-layer')}</p>
          )}
          {apart > 0 && (
            <p className="hint" data-testid="apart">
              {t('compare.apart', { count: apart })}
            </p>
          )}
        </Panel>
      </div>
      <Movement aligned={aligned} tokens={tokens} a={a} b={b} made={made} />
    </>
  )
}

/** The cosine of each token's hidden states in both runs, layer by layer. */
function Movement({
  aligned,
  tokens,
  a,
  b,
  made,
}: Pick<CompareProps, 'a' | 'b' | 'made'> & { aligned: readonly AlignedRow[]; tokens: MapToken[] }) {
  const theme = useTheme()
  const width = b.result.hiddenStates[0]?.dims.at(-1) ?? 0
  const comparable = width > 0 && a.result.hiddenStates[0]?.dims.at(-1) === width
  const states = Math.min(a.result.hiddenStates.length, b.result.hiddenStates.length)
  const cosines = useMemo(() => {
    if (!comparable) return null
    const data = (side: Side) => side.result.hiddenStates.slice(0, states).map((state) => state.data)
    return stateCosines(aligned, data(a), data(b), width)
  }, [comparable, states, aligned, a, b, width])
  if (!cosines) return <p className="hint">{t('moved.width')}</p>
  const columns = Array.from({ length: states }, (_, s) =>
    s === 0 ? t('moved.embeddings') : t('moved.layer', { layer: s }),
  )
  const labels = tokens.map(({ label }) => label)
  const moved = cosines.map((value) => 1 - value)
  const title = t('moved.title')
  const bound = differenceBound(moved)
  const said = (cell: number) => formatValue(cosines[cell] ?? Number.NaN)
  return (
    <Panel help={help('states')} title={t('moved')} testId="compare-states">
      <Chart
        title={title}
        lead={t('moved.lead')}
        made={made}
        table={{
          columns: [t('column.token'), ...columns],
          rows: numbered(labels).map((label, row) => [label, ...cosines.subarray(row * states, (row + 1) * states)]),
        }}
        svg={() => matrixSvg({ values: moved, rows: labels, columns, title, scale: 'ink', theme, bound, said })}
      >
        <div className="tall">
          <HeatGrid
            name={title}
            rows={labels}
            columns={columns}
            values={moved}
            bound={bound}
            format={(_, cell) => said(cell)}
          />
        </div>
      </Chart>
    </Panel>
  )
}

/** The cell that changed most, in words. */
function saidChange(difference: Float32Array, tokens: readonly MapToken[]): string {
  let most = 0
  for (let i = 0; i < difference.length; i++) {
    if (Math.abs(difference[i] as number) > Math.abs(difference[most] as number) || Number.isNaN(difference[most]))
      most = i
  }
  const value = difference[most] ?? 0
  if (!isChange(value)) return t('compare.nothing')
  const label = (index: number) => tokens[index]?.label ?? ''
  const query = label(Math.floor(most / tokens.length))
  return t('compare.most', { query, key: label(most % tokens.length), change: formatChange(value) })
}
