import { useMemo } from 'react'
import type { DropoutView } from '../../../tokenizers/measure.ts'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { type GoodColumn, isGood } from '../state/run.ts'
import { t } from '../words/words.ts'
import { Drawn, Seed } from './LatticeTool.tsx'
import type { TokenizerToolProps } from './props.ts'

const DRAWS = 100
const MOST_LETTERS = 400

/** BPE-dropout: the same sentence, cut anew each time with merges left out by chance. */
export default function DropoutTool({ lab, run }: TokenizerToolProps) {
  const { look } = useLab(lab.store)
  const column = useMemo(
    () => run.columns.find((one): one is GoodColumn => isGood(one) && one.info.kind === 'BPE'),
    [run],
  )
  const text = run.doc.text.slice(0, MOST_LETTERS)
  const { dropout: probability, seed } = look
  const job = useOwnJob<DropoutView | null>(
    async () =>
      column ? lab.worker.call('dropout', { column: column.key, text, probability, draws: DRAWS, seed }) : null,
    column ? `${column.key} ${text} ${probability} ${seed}` : null,
  )
  if (!column)
    return (
      <Panel help={null} title={t('dropout')}>
        {t('dropout.none')}
      </Panel>
    )
  const view = job.result
  return (
    <Panel help={null} title={t('dropout')} lead={t('dropout.lead')} testId="dropout-tool">
      <Slider
        label={t('dropout.probability')}
        testId="dropout"
        value={probability}
        min={0}
        max={1}
        step={0.05}
        format={formatPercent}
        onChange={(value) => lab.look({ dropout: value })}
      />
      <Seed lab={lab} seed={seed} />
      {view && (
        <>
          <p data-testid="dropout-mean">{t('dropout.mean', { mean: decimal(view.mean, 1), plain: view.plain })}</p>
          <Drawn drawn={view.drawn} draws={DRAWS} />
        </>
      )}
    </Panel>
  )
}
