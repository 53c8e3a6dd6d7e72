import { useMemo } from 'react'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatValue } from '../../../viz/format.ts'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { checkReach, type ReachCheck } from '../state/perturb.ts'
import { anyHead, firstReach, reachByLayer } from '../state/reach.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** So many tokens are named. */
const NAMED = 8

/** Which input can influence which row after so many layers; a run with the input replaced checks it. */
export default function ReachTool({ lab, engine, run }: MasksToolProps) {
  const { look } = useLab(lab.store)
  const { tokens, info, request } = run
  const T = tokens.length
  const first = useMemo(() => firstReach(reachByLayer(anyHead(request.mask, info, T), T), T), [request, info, T])
  const row = Math.max(
    0,
    tokens.findIndex(({ key }) => key === look.selection[0]),
  )
  const check = useJob<ReachCheck>(async (step) => checkReach(engine, run, row, step), `${run.doc.model} ${row}`)
  const label = (place: number) => tokens[place]?.label ?? ''
  const reachedAt = (layer: number) =>
    Array.from({ length: T }, (_, q) => q).filter((q) => (first[q * T + row] as number) <= layer)
  const isFresh = check.result?.row === row
  return (
    <>
      <Panel help={null} title={t('reach')} lead={t('reach.lead')} testId="reach-tool">
        <Slider
          label={t('reach.after')}
          min={0}
          max={info.layers}
          value={Math.min(look.after, info.layers)}
          onChange={(after) => lab.look({ after })}
          testId="reach-after"
        />
        <h3>{t('reach.from', { token: label(row), row })}</h3>
        <ol className="reach-layers">
          {Array.from({ length: info.layers + 1 }, (_, layer) => {
            const reached = reachedAt(layer)
            const fresh = reached.filter((q) => (first[q * T + row] as number) === layer)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
              <li key={layer} data-testid="reach-layer" data-reached={reached.length}>
                {t(layer === 0 ? 'reach.input' : 'reach.layer', { layer, reached: reached.length, all: T })}
                {layer > 0 && fresh.length > 0 && (
                  <span className="hint">
                    {' '}
                    {t(fresh.length > NAMED ? 'reach.new.more' : 'reach.new', {
                      tokens: fresh.slice(0, NAMED).map(label).join(', '),
                      more: fresh.length - NAMED,
                    })}
                  </span>
                )}
              </li>
            )
          })}
        </ol>
      </Panel>
      <Panel
        help={help('reach-check')}
        title={t('check')}
        lead={t('check.lead', { token: label(row) })}
        testId="reach-check"
      >
        <JobBar {...check} action={t('check.run')} onStart={check.start} onStop={check.stop} testId="reach-job" />
        {check.result && isFresh && <Checked check={check.result} />}
      </Panel>
    </>
  )
}

function Checked({ check: { layers } }: { check: ReachCheck }) {
  const leak = layers.reduce((most, layer) => Math.max(most, layer.leak), 0)
  return (
    <>
      <p data-testid="reach-verdict" data-leak={leak}>
        {t(leak === 0 ? 'check.exact' : 'check.leaks', { leak: formatValue(leak) })}
      </p>
      <table className="table">
        <caption className="sr-only">{t('check')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('check.layer')}</th>
            <th scope="col">{t('check.reached')}</th>
            <th scope="col">{t('check.moved')}</th>
            <th scope="col">{t('check.unreached')}</th>
            <th scope="col">{t('check.leak')}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ reached, moved, unreached, leak: most }, layer) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
            <tr key={layer}>
              <th scope="row">{layer === 0 ? t('check.input') : layer}</th>
              <td>{reached}</td>
              <td>{moved}</td>
              <td>{unreached}</td>
              <td className="mono">{unreached === 0 ? t('check.none') : formatValue(most)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
