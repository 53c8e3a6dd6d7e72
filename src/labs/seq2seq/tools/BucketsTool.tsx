import { useEffect, useMemo, useState } from 'react'
import { bucketRanges } from '../../../core/distance_bucket.ts'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import type { NDArray } from '../../../core/shapes.ts'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { ErrorBanner } from '../../../views/shell/Banner.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { differenceBound } from '../../../viz/bounds.ts'
import { matrixSvg } from '../../../viz/matrix_svg.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { madeBy } from '../provenance.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

type Stack = 'encoder' | 'decoder'

/** T5's positions: what each head adds to its scores by the distance of key from query, a row a bucket of distances. */
export default function BucketsTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const theme = useTheme()
  const [stack, setStack] = useState<Stack>('encoder')
  const [table, setTable] = useState<NDArray | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  useEffect(() => {
    let current = true
    engine.weights(model.id, 'distances').then(
      (found) => current && setTable(found),
      (thrown) => current && setProblem(reportOf(thrown)),
    )
    return () => {
      current = false
    }
  }, [engine, model.id])
  const shape = model.info.distances
  const rows = useMemo(() => {
    if (!table || !shape) return []
    const [, buckets, heads] = table.dims as [number, number, number]
    const of = stack === 'encoder' ? 0 : 1
    const ranges = bucketRanges(stack === 'encoder', shape)
    return ranges
      .flatMap((range, bucket) => {
        const from = (of * buckets + bucket) * heads
        return range
          ? [{ range, name: nameOf(range, shape.furthest), values: [...table.data.subarray(from, from + heads)] }]
          : []
      })
      .toSorted((a, b) => a.range[0] - b.range[0])
  }, [table, shape, stack])
  if (!shape) return <p className="hint">{t('buckets.none')}</p>
  const heads = rows[0]?.values.length ?? 0
  const columns = Array.from({ length: heads }, (_, head) => String(head + 1))
  const values = rows.flatMap((row) => row.values)
  const bound = differenceBound(values)
  const title = t('buckets.figure', { stack: t(`stage.${stack}`) })
  return (
    <Panel help={null} title={t('tool.buckets')} lead={t('buckets.lead')} testId="buckets-tool">
      {problem && <ErrorBanner error={problem} onDismiss={() => setProblem(null)} />}
      <Segmented
        label={t('buckets.stack')}
        testId="buckets-stack"
        value={stack}
        options={(['encoder', 'decoder'] as const).map((value) => ({ value, label: t(`stage.${value}`) }))}
        onChange={setStack}
      />
      {rows.length > 0 && (
        <Chart
          title={title}
          lead={t(`buckets.lead.${stack}`)}
          made={madeBy(lab, run)}
          testId="buckets"
          table={{ columns: [t('buckets.distance'), ...columns], rows: rows.map((row) => [row.name, ...row.values]) }}
          svg={() =>
            matrixSvg({ values, rows: rows.map(({ name }) => name), columns, title, scale: 'diverging', theme, bound })
          }
        >
          <HeatGrid
            name={title}
            rows={rows.map(({ name }) => name)}
            columns={columns}
            values={values}
            bound={bound}
            scale="diverging"
            format={(value) => decimal(value, 2)}
          />
        </Chart>
      )}
      <p className="hint">{t('buckets.hint')}</p>
    </Panel>
  )
}

/** "−3", "+8 … +11", "≤ −128": signs as on a number line, since keys before a query are at negative distances. */
function nameOf([from, to]: readonly [number, number], furthest: number): string {
  const signed = (distance: number) => (distance > 0 ? `+${distance}` : distance < 0 ? `−${-distance}` : '0')
  if (from === -furthest) return `≤ ${signed(to)}`
  if (to === furthest) return `≥ ${signed(from)}`
  return from === to ? signed(from) : `${signed(from)} … ${signed(to)}`
}
