import { useMemo, useState } from 'react'
import { totalVariation } from '../../../state/readouts.ts'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { toggledHead, toggledLayer } from '../../shared/ablation.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import type { TextDoc } from '../state/doc.ts'
import { readoutsOf } from '../state/readouts.ts'
import type { TextRun } from '../state/run.ts'
import { eachHeadOff } from '../state/variants.ts'
import { useVariations } from '../useVariations.ts'
import type { TextToolProps } from './props.ts'

const COLUMNS = [
  { id: 'whole', title: 'every head on' },
  { id: 'ablated', title: 'as switched' },
]

/** Switch heads and layers off, and see what every answer owes to them. */
export function AblationTool({ lab, engine, run }: TextToolProps) {
  const { doc, model, tokenizer } = useLab(lab.store)
  const baseline = useMemo(() => ({ whole: { ...run.doc, ablated: [] } }), [run])
  const { whole } = useVariations(engine, model, baseline).runs
  if (!doc || !model || !tokenizer) return null
  const { layers, heads, labels } = model.info
  const { ablated } = doc
  const isOff = (layer: number, head: number) => ablated.some(([l, h]) => l === layer && h === head)
  const counted = (list: number) => Array.from({ length: list }, (_, i) => i)
  return (
    <Panel
      title="Head ablation"
      lead="A head that is switched off adds nothing to its layer; its map is still computed and shown."
      testId="ablation-tool"
      actions={
        <Button small disabled={ablated.length === 0} onClick={() => lab.setAblated([])} data-testid="ablation-reset">
          Switch all on
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label="Switches of heads and layers">
        <table className="table switches">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              {counted(heads).map((head) => (
                <th key={head} scope="col">
                  head {head + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counted(layers).map((layer) => {
              const allOff = counted(heads).every((head) => isOff(layer, head))
              return (
                <tr key={layer}>
                  <th scope="row">
                    <Button
                      small
                      aria-pressed={allOff}
                      data-testid={`ablate-layer-${layer}`}
                      onClick={() => lab.setAblated(toggledLayer(ablated, layer, heads))}
                    >
                      layer {layer + 1} {allOff ? 'off' : 'on'}
                    </Button>
                  </th>
                  {counted(heads).map((head) => (
                    <td key={head}>
                      <Button
                        small
                        aria-pressed={isOff(layer, head)}
                        aria-label={`layer ${layer + 1}, head ${head + 1}: ${isOff(layer, head) ? 'off' : 'on'}`}
                        data-testid={`ablate-${layer}-${head}`}
                        onClick={() => lab.setAblated(toggledHead(ablated, layer, head))}
                      >
                        {isOff(layer, head) ? 'off' : 'on'}
                      </Button>
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {whole ? (
        <ReadoutComparison
          name="Read-outs with every head, and with the heads as switched"
          columns={COLUMNS}
          rows={compareReadouts(whole, [run], { labels, tokenizer })}
        />
      ) : (
        <p className="hint">Running …</p>
      )}
      {whole && <EveryHead lab={lab} engine={engine} whole={whole} />}
    </Panel>
  )
}

/** What each head matters alone: one forward a head, on demand. */
function EveryHead({ lab, engine, whole }: Pick<TextToolProps, 'lab' | 'engine'> & { whole: TextRun }) {
  const { model, tokenizer } = useLab(lab.store)
  const [asked, setAsked] = useState<TextDoc | null>(null)
  const variants = useMemo(
    () => (model && asked === whole.doc ? eachHeadOff(whole.doc, model.info.layers, model.info.heads) : null),
    [model, asked, whole],
  )
  const { runs, busy } = useVariations(engine, model, variants)
  if (!model || !tokenizer) return null
  const { layers, heads, labels } = model.info
  if (!variants) {
    return (
      <div className="row">
        <Button onClick={() => setAsked(whole.doc)} data-testid="every-head">
          Measure every head alone ({layers * heads} forwards)
        </Button>
      </div>
    )
  }
  if (busy) return <p className="hint">Running {layers * heads} forwards …</p>
  const answers = (run: TextRun) => readoutsOf(run, labels, tokenizer.labels)
  const before = answers(whole)
  const changes = Object.keys(variants).map((name) => {
    const after = runs[name] && answers(runs[name])
    if (!after || before.length === 0) return Number.NaN
    const moved = before.map((one, i) => totalVariation(one.probabilities, after[i]?.probabilities ?? []))
    return Math.max(...moved)
  })
  return (
    <>
      <h3>The read-out each head moves most, alone</h3>
      <p className="hint">
        Total variation distance to the run with every head: 0 the same answer, 1 nothing in common.
      </p>
      <HeatGrid
        name="Largest change of a read-out with one head off"
        rows={Array.from({ length: layers }, (_, layer) => `layer ${layer + 1}`)}
        columns={Array.from({ length: heads }, (_, head) => `head ${head + 1}`)}
        values={changes}
        bound={Math.max(...changes, 0.001)}
      />
    </>
  )
}
