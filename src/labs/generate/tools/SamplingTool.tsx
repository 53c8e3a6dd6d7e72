import { useMemo } from 'react'
import { entropyOf } from '../../../engine/sampling.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal, whole } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { nextToken } from '../state/next_token.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** How the next token is drawn: every stage over the whole vocabulary, and what it leaves. */
export default function SamplingTool({ lab, run }: GenerateToolProps) {
  const { doc } = useLab(lab.store)
  const next = useMemo(() => doc && nextToken(run, doc), [run, doc])
  if (!doc || !next) return null
  const { sampling } = doc
  const V = next.stages[0]?.probabilities.length ?? 0
  return (
    <Panel
      title={t('sampling')}
      lead={t('sampling.lead', { count: V })}
      testId="sampling-tool"
      actions={
        <Button small data-testid="sampling-reset" onClick={lab.resetSampling}>
          {t('sampling.reset')}
        </Button>
      }
    >
      <div className="tool-form">
        <Slider
          label={t('sampling.repetition')}
          min={1}
          max={2}
          step={0.05}
          value={sampling.repetitionPenalty}
          format={(value) => decimal(value, 2)}
          onChange={(repetitionPenalty) => lab.setSampling({ repetitionPenalty })}
          testId="repetition"
        />
        <Slider
          label={t('sampling.temperature')}
          min={0}
          max={2}
          step={0.05}
          value={sampling.temperature}
          format={(value) => decimal(value, 2)}
          onChange={(temperature) => lab.setSampling({ temperature })}
          testId="temperature"
        />
        <Slider
          label={t('sampling.topK')}
          min={0}
          max={200}
          value={sampling.topK}
          format={(value) => (value === 0 ? t('sampling.off') : String(value))}
          onChange={(topK) => lab.setSampling({ topK })}
          testId="top-k"
        />
        <Slider
          label={t('sampling.topP')}
          min={0}
          max={1}
          step={0.01}
          value={sampling.topP}
          format={(value) => decimal(value, 2)}
          onChange={(topP) => lab.setSampling({ topP })}
          testId="top-p"
        />
        <Slider
          label={t('sampling.minP')}
          min={0}
          max={1}
          step={0.01}
          value={sampling.minP}
          format={(value) => decimal(value, 2)}
          onChange={(minP) => lab.setSampling({ minP })}
          testId="min-p"
        />
      </div>
      <table className="table" data-testid="stages">
        <thead>
          <tr>
            <th scope="col">{t('stage')}</th>
            <th scope="col">{t('stage.survivors')}</th>
            <th scope="col">{t('stage.cut')}</th>
            <th scope="col">{t('stage.entropy')}</th>
            <th scope="col">{t('stage.effective')}</th>
          </tr>
        </thead>
        <tbody>
          {next.stages.map(({ id, probabilities, survivors, cut }) => {
            const bits = entropyOf(probabilities)
            return (
              <tr key={id} data-stage={id}>
                <th scope="row">{t(`stage.${id}`)}</th>
                <td className="mono">{t('stage.of', { survivors: whole(survivors), count: whole(V) })}</td>
                <td className="mono">{formatPercent(cut)}</td>
                <td className="mono">{decimal(bits, 2)}</td>
                <td className="mono">{decimal(2 ** bits, 1)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="hint">{t('sampling.boundary')}</p>
    </Panel>
  )
}
