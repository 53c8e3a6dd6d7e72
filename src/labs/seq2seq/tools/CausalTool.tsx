import { useMemo } from 'react'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { AttentionMap } from '../../../views/maps/AttentionMap.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { differenceBound } from '../../../viz/bounds.ts'
import { layerName } from '../../../viz/names.ts'
import { decimal } from '../../../words/numbers.ts'
import { MapExport } from '../../shared/MapExport.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { sidesOf } from '../sides.ts'
import { effectCorrelations, sourceEffects } from '../state/causal.ts'
import { litBy } from '../state/lit.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

/** What masking each source token does to each output token, and how far attention foretells it, by head. */
export default function CausalTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const { look } = useLab(lab.store)
  const job = useJob<Float32Array>((step) => sourceEffects(engine, model, run, step), run)
  const { rows, columns } = useMemo(() => sidesOf(run, 'cross'), [run])
  const lit = litBy(run, look.selection, look.cross)
  const effects = job.result
  const maps = run.result.decoder?.crossAttentions ?? []
  const heads = model.info.decoder?.heads ?? 0
  const correlations = useMemo(
    () =>
      effects && job.status === 'done'
        ? maps.flatMap((map) => (map ? effectCorrelations(map, effects, run.rows) : Array(heads).fill(Number.NaN)))
        : null,
    [effects, job.status, maps, heads, run],
  )
  const best = correlations && peakOf(correlations)
  if (run.doc.states.type !== 'own') {
    return (
      <Panel help={null} title={t('tool.causal')} lead={t('causal.lead')} testId="causal-tool">
        <p className="hint">{t('causal.own')}</p>
      </Panel>
    )
  }
  const bound = effects ? differenceBound(effects.filter((value) => !Number.isNaN(value))) : 1
  const { layer, head } = look.cross
  return (
    <Panel help={null} title={t('tool.causal')} lead={t('causal.lead')} testId="causal-tool">
      <JobBar {...job} action={t('causal.measure')} onStart={job.start} onStop={job.stop} testId="causal-job" />
      {effects && (
        <AttentionMap
          matrix={effects}
          tokens={rows}
          keys={columns}
          name={t('causal.map')}
          scale="diverging"
          bound={bound}
          query={lit.row}
          keyIndex={lit.read}
          maxHeight={420}
          modes={<span className="stage-head">{t('causal.map')}</span>}
          actions={
            <MapExport
              title={t('causal.map')}
              matrix={effects}
              tokens={rows}
              keys={columns}
              scale="diverging"
              bound={bound}
              made={madeBy(lab, run)}
            />
          }
        />
      )}
      {correlations && (
        <>
          <h3>{t('causal.correlation')}</h3>
          <HeatGrid
            name={t('causal.correlation')}
            rows={maps.map((_, l) => layerName(l))}
            columns={Array.from({ length: heads }, (_, h) => String(h + 1))}
            values={correlations}
            bound={1}
            scale="diverging"
            format={(value) => (Number.isNaN(value) ? '–' : decimal(value, 2))}
            selected={head === 'mean' ? null : [layer, head]}
            onSelect={(l, h) => lab.look({ cross: { layer: l, head: h } })}
          />
          {best !== null && (
            <p data-testid="causal-best">
              {t('causal.best', {
                layer: Math.floor(best / heads) + 1,
                head: (best % heads) + 1,
                rho: decimal(correlations[best] ?? 0, 2),
              })}
            </p>
          )}
        </>
      )}
      <p className="hint">{t('causal.hint')}</p>
    </Panel>
  )
}

function peakOf(values: readonly number[]): number | null {
  const best = values.reduce(
    (most, value, i) => (value > (values[most] ?? Number.NEGATIVE_INFINITY) || Number.isNaN(values[most]) ? i : most),
    0,
  )
  return Number.isNaN(values[best]) ? null : best
}
