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
import type { TextToolProps } from './props.ts'

/** How long each token's hidden state is, layer by layer, and which tokens stand out. */
export function NormsTool({ lab, run }: TextToolProps) {
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
    <Panel
      title="Norms"
      lead="How long each token's hidden state is. BERT ends every layer with a LayerNorm, so the differences are small."
      testId="norms-tool"
    >
      <div className="field-inline">
        <Slider
          label="Layer"
          value={state}
          min={0}
          max={last}
          format={(value) => (value === 0 ? 'embeddings' : `after layer ${value}`)}
          onChange={setWanted}
          testId="norm-layer"
        />
      </div>
      <Chart
        title={`Norm of each hidden state, ${stateName(state)}`}
        lead={`${sayOutliers(odd[state] ?? [], shown, labels)} Ringed: above the median + ${OUTLIER_MADS} scaled MADs. One scale for all layers.`}
        made={madeBy(lab, run)}
        table={{
          columns: ['token', ...norms.map((_, s) => stateName(s)), 'outlier in'],
          rows: numbered(labels).map((label, t) => [
            label,
            ...norms.map((values) => values[t] ?? 0),
            odd.flatMap((places, s) => (places.includes(t) ? [stateName(s)] : [])).join(', '),
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
  return state === 0 ? 'embeddings' : `after layer ${state}`
}

function sayOutliers(places: readonly number[], norms: Float32Array, labels: readonly string[]): string {
  const [first] = places
  if (first === undefined) return 'No token stands out.'
  if (places.length > 1) return `${places.length} tokens stand out: ${places.map((t) => labels[t]).join(', ')}.`
  return `${labels[first]} stands out, with ${formatValue(norms[first] ?? 0)}.`
}
