import { useMemo, useState } from 'react'
import { rowNorms } from '../../../core/vectors.ts'
import { NormChart } from '../../../views/charts/NormChart.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatValue } from '../../../viz/format.ts'
import { peak } from '../../../viz/matrix.ts'
import { OUTLIER_MADS, outliers } from '../../../viz/outliers.ts'
import { numbered } from '../../../viz/table.ts'
import { Chart } from '../../shared/Chart.tsx'
import { mapTokens } from '../../shared/tokens.ts'
import { madeBy } from '../provenance.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** How long each token's hidden state is, layer by layer, and which tokens stand out. */
export default function NormsTool({ lab, run }: TextToolProps) {
  const last = run.result.hiddenStates.length - 1
  const [wanted, setWanted] = useState(last)
  const state = Math.min(wanted, last)
  const norms = useMemo(() => run.result.hiddenStates.map(({ data, dims }) => rowNorms(data, dims.at(-1) ?? 1)), [run])
  const odd = useMemo(() => norms.map((values) => outliers(values)), [norms])
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const bound = Math.max(...norms.map(peak))
  const shown = norms[state]
  if (!shown) return null
  const labels = run.tokens.map((token) => token.label)
  return (
    <Panel help={null} title={t('tool.norms')} lead={t('norms.lead')} testId="norms-tool">
      <div className="field-inline">
        <Slider
          label={t('norms.layer')}
          value={state}
          min={0}
          max={last}
          format={stateName}
          onChange={setWanted}
          testId="norm-layer"
        />
      </div>
      <Chart
        title={t('norms.title', { state: stateName(state) })}
        lead={t('norms.said', { said: sayOutliers(odd[state] ?? [], shown, labels), mads: OUTLIER_MADS })}
        made={madeBy(lab, run)}
        table={{
          columns: [t('column.token'), ...norms.map((_, s) => stateName(s)), t('column.outlier')],
          rows: numbered(labels).map((label, row) => [
            label,
            ...norms.map((values) => values[row] ?? 0),
            odd.flatMap((places, s) => (places.includes(row) ? [stateName(s)] : [])).join(', '),
          ]),
        }}
        testId="norms"
      >
        <NormChart tokens={tokens} norms={shown} outliers={odd[state] ?? []} bound={bound} name={stateName(state)} />
      </Chart>
    </Panel>
  )
}

function stateName(state: number): string {
  return state === 0 ? t('norms.embeddings') : t('norms.after', { layer: state })
}

function sayOutliers(places: readonly number[], norms: Float32Array, labels: readonly string[]): string {
  const [first] = places
  if (first === undefined) return t('norms.none')
  if (places.length > 1) {
    return t('norms.many', { count: places.length, tokens: places.map((row) => labels[row]).join(', ') })
  }
  return t('norms.one', { token: labels[first] ?? '', norm: formatValue(norms[first] ?? 0) })
}
