import { useEffect, useState } from 'react'
import type { TrainedKind } from '../../../tokenizers/protocol.ts'
import type { TrainingStep } from '../../../tokenizers/train.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { whole } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { kindName } from '../state/doc.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'
import { StepView } from './StepView.tsx'

const PLAY_MS = 700

/** The training of one column, step by step: a scrub bar, and what was chosen among what. */
export default function StepsTool({ lab, run }: TokenizerToolProps) {
  const { look } = useLab(lab.store)
  const kinds = [...run.trained.kinds].filter((entry): entry is [(typeof entry)[0], TrainedKind] => 'steps' in entry[1])
  const made = kinds.find(([kind]) => kind === look.watched)?.[1] ?? kinds[0]?.[1]
  const steps: readonly TrainingStep[] = made?.steps ?? []
  const last = Math.max(0, steps.length - 1)
  const at = Math.min(look.step, last)
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    if (!playing) return
    if (at >= last) {
      setPlaying(false)
      return
    }
    const timer = setTimeout(() => lab.look({ step: at + 1 }), PLAY_MS)
    return () => clearTimeout(timer)
  }, [playing, at, last, lab])
  if (!made)
    return (
      <Panel help={null} title={t('steps')}>
        {t('steps.none')}
      </Panel>
    )
  const step = steps[at]
  return (
    <Panel help={null} title={t('steps')} lead={t(`steps.${made.kind}`)} testId="steps-tool">
      <Segmented
        small
        label={t('steps.kind')}
        testId="steps-kind"
        value={made.kind}
        options={kinds.map(([kind]) => ({ value: kind, label: kindName(kind) }))}
        onChange={(watched) => {
          setPlaying(false)
          lab.look({ watched, step: 0 })
        }}
      />
      <div className="scrub">
        <Slider
          label={t('steps.step')}
          testId="scrub"
          value={at + 1}
          min={1}
          max={Math.max(1, steps.length)}
          format={(value) => t('steps.of', { step: whole(value), steps: whole(steps.length) })}
          onChange={(value) => {
            setPlaying(false)
            lab.look({ step: value - 1 })
          }}
        />
        <div className="row">
          <Button small disabled={at === 0} onClick={() => lab.look({ step: at - 1 })} data-testid="step-back">
            {t('steps.back')}
          </Button>
          <Button small disabled={at >= last} onClick={() => lab.look({ step: at + 1 })} data-testid="step-on">
            {t('steps.on')}
          </Button>
          <Button small aria-pressed={playing} disabled={at >= last} onClick={() => setPlaying(!playing)}>
            {t(playing ? 'steps.pause' : 'steps.play')}
          </Button>
        </div>
      </div>
      {step ? <StepView step={step} made={made} /> : <p className="hint">{t('steps.no-step')}</p>}
    </Panel>
  )
}
