import { useMemo, useState } from 'react'
import { distanceOf } from '../../../state/readouts.ts'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { differenceBound } from '../../../viz/bounds.ts'
import { headName, layerName } from '../../../viz/names.ts'
import { toggledHead, toggledLayer } from '../../shared/ablation.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import type { TextDoc } from '../state/doc.ts'
import { readoutsOf } from '../state/readouts.ts'
import type { TextRun } from '../state/run.ts'
import { eachHeadOff } from '../state/variants.ts'
import { useVariations } from '../useVariations.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** Switch heads and layers off, and see what every answer owes to them. */
export default function AblationTool({ lab, engine, run }: TextToolProps) {
  const { doc, model, tokenizer } = useLab(lab.store)
  const baseline = useMemo(() => ({ whole: { ...run.doc, ablated: [] } }), [run])
  const { whole } = useVariations(engine, model, baseline).runs
  if (!doc || !model || !tokenizer) return null
  const { info } = model
  const { layers, heads } = info
  const { ablated } = doc
  const isOff = (layer: number, head: number) => ablated.some(([l, h]) => l === layer && h === head)
  const counted = (list: number) => Array.from({ length: list }, (_, i) => i)
  return (
    <Panel
      help={null}
      title={t('ablation')}
      lead={t('ablation.lead')}
      testId="ablation-tool"
      actions={
        <Button small disabled={ablated.length === 0} onClick={() => lab.setAblated([])} data-testid="ablation-reset">
          {t('ablation.reset')}
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('ablation.switches')}>
        <table className="table switches">
          <thead>
            <tr>
              <th scope="col">{t('ablation.layer')}</th>
              {counted(heads).map((head) => (
                <th key={head} scope="col">
                  {headName(head)}
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
                      {t(allOff ? 'ablation.layer.off' : 'ablation.layer.on', { layer: layer + 1 })}
                    </Button>
                  </th>
                  {counted(heads).map((head) => (
                    <td key={head}>
                      <Button
                        small
                        aria-pressed={isOff(layer, head)}
                        aria-label={t(isOff(layer, head) ? 'ablation.head.off' : 'ablation.head.on', {
                          layer: layer + 1,
                          head: head + 1,
                        })}
                        data-testid={`ablate-${layer}-${head}`}
                        onClick={() => lab.setAblated(toggledHead(ablated, layer, head))}
                      >
                        {isOff(layer, head) ? t('ablation.off') : t('ablation.on')}
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
          name={t('ablation.name')}
          columns={[
            { id: 'whole', title: t('ablation.whole') },
            { id: 'ablated', title: t('ablation.ablated') },
          ]}
          rows={compareReadouts(whole, [run], { info, tokenizer })}
        />
      ) : (
        <p className="hint">{t('running.variants')}</p>
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
  const { info } = model
  const { layers, heads } = info
  if (!variants) {
    return (
      <div className="row">
        <Button onClick={() => setAsked(whole.doc)} data-testid="every-head">
          {t('ablation.each', { count: layers * heads })}
        </Button>
      </div>
    )
  }
  if (busy) return <p className="hint">{t('ablation.each.running', { count: layers * heads })}</p>
  const answers = (run: TextRun) => readoutsOf(run, info, tokenizer.labels)
  const before = answers(whole)
  const changes = Object.keys(variants).map((name) => {
    const after = runs[name] && answers(runs[name])
    if (!after || before.length === 0) return Number.NaN
    const moved = before.flatMap((one, i) => (after[i] ? [distanceOf(one, after[i])] : []))
    return Math.max(...moved)
  })
  return (
    <>
      <h3>{t('ablation.each.title')}</h3>
      <p className="hint">{t('ablation.each.hint')}</p>
      <HeatGrid
        name={t('ablation.each.name')}
        rows={Array.from({ length: layers }, (_, layer) => layerName(layer))}
        columns={Array.from({ length: heads }, (_, head) => headName(head))}
        values={changes}
        bound={differenceBound(changes)}
      />
    </>
  )
}
