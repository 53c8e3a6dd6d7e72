import { useState } from 'react'
import { KINDS } from '../../../core/tokens.ts'
import { clear, invert, type MaskRule, type MaskSpec } from '../../../sequence/mask.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { mayRead } from '../state/run.ts'
import { DEFAULT_MASKS, STAGES, type Stage } from '../state/stages.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

const PADDING: MaskRule = { type: 'padding' }
const NEVER_END: MaskRule = { type: 'never', queries: KINDS, keys: ['eos'] }
const NEVER_START: MaskRule = { type: 'never', queries: KINDS, keys: ['bos'] }
const CAUSAL: MaskRule = { type: 'causal' }

/** Named starting points of each stage; `window` comes with a radius to change. */
const PRESETS = {
  encoder: {
    usual: [PADDING],
    all: [],
    causal: [PADDING, CAUSAL],
    window: [PADDING, { type: 'window', radius: 2 }],
    noEnd: [PADDING, NEVER_END],
  },
  cross: {
    usual: [PADDING],
    all: [],
    monotone: [PADDING, CAUSAL],
    window: [PADDING, { type: 'window', radius: 2 }],
    noEnd: [PADDING, NEVER_END],
  },
  decoder: {
    usual: [CAUSAL],
    all: [],
    window: [CAUSAL, { type: 'window', radius: 2 }],
    noStart: [CAUSAL, NEVER_START],
  },
} as const satisfies Record<Stage, Record<string, readonly MaskRule[]>>

type PresetName = 'usual' | 'all' | 'causal' | 'monotone' | 'window' | 'noEnd' | 'noStart'

function presetsOf(stage: Stage): [PresetName, readonly MaskRule[]][] {
  return Object.entries(PRESETS[stage]) as [PresetName, readonly MaskRule[]][]
}

/** The three masks: rules here, cells on the maps themselves. */
export default function MasksTool({ lab, run }: Seq2SeqToolProps) {
  const { doc } = useLab(lab.store)
  const [stage, setStage] = useState<Stage>('cross')
  if (!doc) return null
  const mask = doc.masks[stage]
  const preset = presetOf(stage, mask)
  const window = mask.rules.find((rule) => rule.type === 'window')
  const silent = silentRows(run, stage)
  return (
    <Panel
      help={null}
      title={t('tool.masks')}
      lead={t('masks.lead')}
      testId="masks-tool"
      actions={
        <>
          <Button small onClick={() => lab.setMask(stage, invert(mask))} data-testid="mask-invert">
            {t('masks.invert')}
          </Button>
          <Button
            small
            disabled={mask.paint.length === 0 && !mask.inverted}
            onClick={() => lab.setMask(stage, clear(mask))}
            data-testid="mask-clear"
          >
            {t('masks.clear')}
          </Button>
          <Button
            small
            disabled={JSON.stringify(mask) === JSON.stringify(DEFAULT_MASKS[stage])}
            onClick={() => lab.setMask(stage, DEFAULT_MASKS[stage])}
            data-testid="mask-reset"
          >
            {t('masks.reset')}
          </Button>
        </>
      }
    >
      <div className="tool-form">
        <Segmented
          label={t('masks.stage')}
          testId="mask-stage"
          value={stage}
          options={STAGES.map((value) => ({ value, label: t(`stage.${value}`) }))}
          onChange={setStage}
        />
        <Select
          label={t('masks.rule')}
          testId="mask-preset"
          value={preset ?? ''}
          options={[
            ...(preset ? [] : [{ value: '' as const, label: t('masks.rule.own'), disabled: true }]),
            ...presetsOf(stage).map(([value]) => ({ value, label: t(`masks.${stage}.${value}` as MaskWord) })),
          ]}
          onChange={(name) => {
            const rules = presetsOf(stage).find(([id]) => id === name)?.[1]
            if (rules) lab.setMask(stage, { ...clear(mask), rules })
          }}
        />
        {window && (
          <Slider
            label={t('masks.radius')}
            min={0}
            max={Math.max(1, run.source.length, run.rows.length)}
            value={window.radius}
            onChange={(radius) =>
              lab.setMask(stage, {
                ...mask,
                rules: mask.rules.map((rule) => (rule === window ? { ...window, radius } : rule)),
              })
            }
            testId="mask-radius"
          />
        )}
      </div>
      <p className="hint" data-testid="mask-summary">
        {STAGES.map((one) => t('masks.open', { stage: t(`stage.${one}`), ...opened(run, one) })).join(' ')}
      </p>
      <p className="hint">{t('masks.paint')}</p>
      {silent.length > 0 && (
        <p className="hint" role="status" data-testid="reads-nothing">
          {t('masks.silent', { stage: t(`stage.${stage}`), count: silent.length, rows: silent.slice(0, 8).join(', ') })}
        </p>
      )}
    </Panel>
  )
}

type MaskWord = Parameters<typeof t>[0] & `masks.${Stage}.${string}`

/** The preset that these rules are, whatever their radius. */
function presetOf(stage: Stage, { rules, inverted }: MaskSpec): PresetName | undefined {
  const shape = (list: readonly MaskRule[]) =>
    JSON.stringify(list.map((rule) => (rule.type === 'window' ? { ...rule, radius: 0 } : rule)))
  return inverted ? undefined : presetsOf(stage).find(([, preset]) => shape(preset) === shape(rules))?.[0]
}

function sizeOf({ source, read, rows }: Seq2SeqToolProps['run'], stage: Stage): [queries: number, keys: number] {
  if (stage === 'encoder') return [source.length, source.length]
  return [rows.length, stage === 'cross' ? read.length : rows.length]
}

/** "n of m readable", over all layers alike or in the first. */
function opened(run: Seq2SeqToolProps['run'], stage: Stage): { open: number; of: number } {
  const readable = mayRead(run, stage)
  const [queries, keys] = sizeOf(run, stage)
  let open = 0
  for (let q = 0; q < queries; q++) for (let k = 0; k < keys; k++) if (readable(0, q, k)) open++
  return { open, of: queries * keys }
}

/** Labels of the rows that may read nothing at all. */
function silentRows(run: Seq2SeqToolProps['run'], stage: Stage): string[] {
  const readable = mayRead(run, stage)
  const [queries, keys] = sizeOf(run, stage)
  const label = (row: number) =>
    stage === 'encoder' ? run.source[row]?.label : (run.rows[row]?.writes ?? run.rows[row]?.reads)?.label
  return Array.from({ length: queries }, (_, q) => q)
    .filter((q) => !Array.from({ length: keys }, (_, k) => readable(0, q, k)).some(Boolean))
    .map((q) => label(q) ?? '')
}
