import { useMemo } from 'react'
import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { FilmStrip } from '../../../../views/photo/FilmStrip.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { differenceBound } from '../../../../viz/bounds.ts'
import { formatPercent, formatValue } from '../../../../viz/format.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { canvasOf } from '../../../shared/canvases.ts'
import { useLab } from '../../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { headName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { type Pair, pairsOf } from '../state/between.ts'
import { type HeadChoice, patchReading, rowOfKey } from '../state/readings.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** Curves that are told apart. */
const MOST = 6

/** The cosine between class tokens by layer, and how much their attention falls on the same patches. */
export default function AlikeTool({ lab, run }: PictureToolProps) {
  const { look } = useLab(lab.store)
  const pairs = useMemo(() => pairsOf(run, look.head), [run, look.head])
  const made = madeBy(lab, run)
  if (pairs.length === 0) return <p className="hint">{t('alike.none')}</p>
  const least = Math.min(0, ...pairs.flatMap(({ cosines }) => cosines))
  return (
    <>
      <Panel help={null} title={t('alike.cosine')} lead={t('alike.cosine.lead')} testId="alike-cosine">
        <Chart
          title={t('alike.cosine.title')}
          lead={t('alike.picture')}
          made={made}
          table={{
            columns: [t('alike.pair'), ...(pairs[0]?.cosines.map((_, state) => stateName(state)) ?? [])],
            rows: pairs.map((pair) => [pairName(pair), ...pair.cosines]),
          }}
        >
          <LineCurve
            name={t('alike.cosine.title')}
            xName={t('alike.layer')}
            yName={t('alike.cosine.axis')}
            yDomain={[least, 1]}
            xFormat={wholeLayers}
            yFormat={(y) => decimal(y, 1)}
            series={pairs.slice(0, MOST).map((pair) => ({
              name: pairName(pair),
              points: pair.cosines.map((y, x) => ({ x, y })),
            }))}
          />
        </Chart>
        <Matrix run={run} pairs={pairs} state={look.layer + 1} />
      </Panel>
      <Panel
        help={help('alike-overlap')}
        title={t('alike.overlap')}
        lead={t('alike.overlap.lead', { head: headName(look.head) })}
        testId="alike-overlap"
      >
        <Chart
          title={t('alike.overlap.title')}
          made={made}
          table={{
            columns: [t('alike.pair'), ...(pairs[0]?.overlaps.map((_, layer) => stateName(layer + 1)) ?? [])],
            rows: pairs.map((pair) => [pairName(pair), ...pair.overlaps]),
          }}
        >
          <LineCurve
            name={t('alike.overlap.title')}
            xName={t('alike.layer')}
            yName={t('alike.overlap.axis')}
            yDomain={[0, 1]}
            xFormat={wholeLayers}
            yFormat={formatPercent}
            series={pairs.slice(0, MOST).map((pair) => ({
              name: pairName(pair),
              points: pair.overlaps.flatMap((y, layer) => (Number.isNaN(y) ? [] : [{ x: layer + 1, y }])),
            }))}
          />
        </Chart>
        <p className="hint">{t('alike.not-because')}</p>
        <Differences run={run} pairs={pairs.slice(0, MOST)} choice={look} />
      </Panel>
    </>
  )
}

const wholeLayers = (x: number) => (Number.isInteger(x) ? String(x) : '')

function pairName({ a, b }: Pair): string {
  return t('alike.two', { a: bare(a.label), b: bare(b.label) })
}

/** "[CLS object]" as "object". */
function bare(label: string): string {
  return label.replace(/^\[CLS |\]$/g, '')
}

function stateName(state: number): string {
  return state === 0 ? t('alike.start') : t('alike.after', { layer: state })
}

/** All cosines after one layer, printed. */
function Matrix({ run, pairs, state }: Pick<PictureToolProps, 'run'> & { pairs: readonly Pair[]; state: number }) {
  const tokens = run.tokens.filter(({ kind }) => kind === 'cls')
  const labels = tokens.map(({ label }) => bare(label))
  const values = tokens.flatMap((a) =>
    tokens.map((b) => {
      if (a === b) return 1
      const pair = pairs.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
      return pair?.cosines[state] ?? Number.NaN
    }),
  )
  return (
    <>
      <h3>{t('alike.matrix', { state: stateName(state) })}</h3>
      <HeatGrid
        name={t('alike.matrix', { state: stateName(state) })}
        rows={labels}
        columns={labels}
        values={values}
        bound={1}
        scale="diverging"
        format={formatValue}
      />
    </>
  )
}

const DIFFERENCE = { opacity: 1, scale: 'diverging' } as const

/** What the first of two reads more than the second, and the other way round, in the chosen layer and head. */
function Differences({
  run,
  pairs,
  choice,
}: Pick<PictureToolProps, 'run'> & { pairs: readonly Pair[]; choice: HeadChoice }) {
  const frames = useMemo(
    () =>
      pairs.flatMap((pair) => {
        const [a, b] = [pair.a, pair.b].map(({ key }) => patchReading(run, rowOfKey(run, key), choice))
        return a && b ? [{ name: pairName(pair), values: a.map((value, i) => value - (b[i] as number)) }] : []
      }),
    [run, pairs, choice],
  )
  if (frames.length === 0) return null
  return (
    <>
      <h3>{t('alike.difference', { layer: choice.layer + 1, head: headName(choice.head) })}</h3>
      <FilmStrip
        image={canvasOf(run.sharp)}
        rows={run.grid.rows}
        columns={run.grid.columns}
        frames={frames}
        overlay={DIFFERENCE}
        bound={differenceBound(frames.flatMap(({ values }) => [...values]))}
        size={96}
        label={t('alike.difference', { layer: choice.layer + 1, head: headName(choice.head) })}
      />
      <p className="hint">{t('alike.difference.hint')}</p>
    </>
  )
}
