import { IntegerField } from '../../views/primitives/IntegerField.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { Switch } from '../../views/primitives/Switch.tsx'
import { StripFrame } from '../shared/StripFrame.tsx'
import { help } from './help/help.ts'
import { nameOf } from './said.ts'
import type { BatchLab } from './state/lab.ts'
import { SIDES, STRATEGIES, strategiesFor } from './state/plan.ts'
import type { BatchRun } from './state/run.ts'
import { type BatchDoc, LIMITS } from './state/settings.ts'
import { t } from './words/words.ts'

export interface PlanControlsProps {
  lab: BatchLab
  doc: BatchDoc
  run: BatchRun | null
  maxTokens: number
}

/** How lines become batches; only what the chosen strategy asks for. */
export function PlanControls({ lab, doc, run, maxTokens }: PlanControlsProps) {
  const { strategy, settings } = doc
  const possible = strategiesFor(run?.lengths.length ?? 0)
  const field = (name: 'size' | 'capacity' | 'buckets' | 'budget' | 'seed', min = 1, max: number = LIMITS[name]) => (
    <IntegerField
      key={name}
      inline
      label={t(`set.${name}`)}
      value={settings[name]}
      min={min}
      max={max}
      testId={name}
      onChange={(value) => lab.set({ [name]: value })}
    />
  )
  return (
    <StripFrame className="lab-strip lab-bar plan-controls" label={t('set')} help={help('strip')}>
      <Select
        inline
        label={t('strategy')}
        testId="strategy"
        value={strategy}
        options={STRATEGIES.map((value) => ({
          value,
          label: nameOf(value),
          disabled: !possible.includes(value) && value !== strategy,
        }))}
        onChange={lab.setStrategy}
      />
      {strategy === 'budget' ? field('budget') : field('size')}
      {field('capacity', 4, Math.min(LIMITS.capacity, maxTokens))}
      {strategy === 'buckets' && field('buckets')}
      {strategy === 'sorted' && (
        <>
          <IntegerField
            inline
            label={t('set.jitter')}
            value={Math.round(settings.jitter * 100)}
            max={100}
            testId="jitter"
            onChange={(percent) => lab.set({ jitter: percent / 100 })}
          />
          {field('seed', 0)}
        </>
      )}
      <Select
        inline
        label={t('side')}
        testId="side"
        value={settings.side}
        options={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))}
        onChange={(side) => lab.set({ side })}
      />
      <div className="row plan-switches">
        <Switch
          label={t('apart.block')}
          checked={doc.block}
          onChange={(block) => lab.setApart({ block })}
          testId="block"
        />
        <Switch
          label={t('apart.reset')}
          checked={doc.reset}
          onChange={(reset) => lab.setApart({ reset })}
          testId="reset-positions"
        />
        <Switch
          label={t('apart.separator')}
          checked={doc.separator}
          onChange={(separator) => lab.setApart({ separator })}
          testId="separator"
        />
      </div>
    </StripFrame>
  )
}
