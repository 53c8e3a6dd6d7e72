import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatMs } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { type CacheCost, cacheCost } from '../state/cache_cost.ts'
import { readsAhead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** Which rows this run computed and which it kept, and what keeping them saves, measured here. */
export default function CacheTool({ lab, engine, run }: GenerateToolProps) {
  const { model } = useLab(lab.store)
  const job = useJob<CacheCost>(async (step) => {
    if (!model) throw new Error('no model')
    return cacheCost(engine, model, run, step)
  }, run)
  if (!model) return null
  const { layers, heads, width } = model.info
  const T = run.tokens.length
  const ahead = readsAhead(run.doc)
  return (
    <Panel help={null} title={t('cache')} lead={t('cache.lead')} testId="cache-tool">
      <p data-testid="cache-rows">
        {ahead
          ? t('cache.ahead', { count: T })
          : t('cache.rows', { computed: T - run.kept, kept: run.kept, first: run.kept })}
      </p>
      {!ahead && (
        <>
          <p className="hint">{t('cache.size', { layers, heads, width: Math.round(width / heads), count: T })}</p>
          <JobBar action={t('cache.measure')} {...job} onStart={job.start} onStop={job.stop} testId="measure-cache" />
          {job.status === 'done' && job.result && (
            <p data-testid="cache-cost">
              {t('cache.cost', {
                row: formatMs(job.result.row),
                whole: formatMs(job.result.whole),
                ratio: decimal(job.result.whole / job.result.row, 1),
                apart: job.result.apart.toExponential(1),
              })}
            </p>
          )}
        </>
      )}
    </Panel>
  )
}
