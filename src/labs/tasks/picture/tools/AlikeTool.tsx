import { useMemo } from 'react'
import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent, formatValue } from '../../../../viz/format.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useLab } from '../../../shared/useLab.ts'
import { headName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { type Pair, pairsOf } from '../state/between.ts'
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
      <Panel title={t('alike.cosine')} lead={t('alike.cosine.lead')} testId="alike-cosine">
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
