import { useMemo } from 'react'
import { clear, DEFAULT_MASK, invert, MASK_PRESETS, type MaskRule } from '../../../sequence/mask.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

type Preset = keyof typeof MASK_PRESETS

const PRESETS = Object.keys(MASK_PRESETS) as Preset[]

/** Which query may read which key: presets, and cells painted by hand on the large map. */
export default function MaskTool({ lab, run }: TextToolProps) {
  const { doc, look, model } = useLab(lab.store)
  const silent = useMemo(() => silentTokens(run, look.layer), [run, look.layer])
  if (!doc || !model) return null
  const { mask } = doc
  const here = look.paint === 'layer' ? [look.layer] : undefined
  const preset = presetOf(mask.rules)
  const length = mask.rules.find((rule) => rule.type === 'prefix' || rule.type === 'window')
  const choose = (name: Preset) => lab.setMask({ ...clear(mask), rules: inLayers(MASK_PRESETS[name], here) })
  const change = (to: number) =>
    lab.setMask({ ...mask, rules: mask.rules.map((rule) => (rule === length ? lengthened(rule, to) : rule)) })
  const selected = run.tokens.filter(({ key }) => look.selection.includes(key))
  const close = (side: 'query' | 'key') =>
    lab.paint(
      selected.flatMap(({ key }) =>
        run.tokens.map((other) => ({
          layer: here?.[0] ?? ('all' as const),
          query: side === 'query' ? key : other.key,
          key: side === 'query' ? other.key : key,
          readable: false,
        })),
      ),
    )

  return (
    <Panel
      title={t('tool.mask')}
      lead={t('mask.lead')}
      testId="mask-tool"
      actions={
        <>
          <Button small onClick={() => lab.setMask(invert(mask))} data-testid="mask-invert">
            {t('mask.invert')}
          </Button>
          <Button
            small
            disabled={mask.paint.length === 0 && !mask.inverted}
            onClick={() => lab.setMask(clear(mask))}
            data-testid="mask-clear"
          >
            {t('mask.clear')}
          </Button>
          <Button
            small
            disabled={JSON.stringify(mask) === JSON.stringify(DEFAULT_MASK)}
            onClick={() => lab.setMask(DEFAULT_MASK)}
            data-testid="mask-reset"
          >
            {t('mask.reset')}
          </Button>
        </>
      }
    >
      <div className="tool-form">
        <Segmented
          label={t('mask.scope')}
          showLabel
          testId="mask-scope"
          value={look.paint}
          options={[
            { value: 'all', label: t('mask.scope.all') },
            { value: 'layer', label: t('mask.scope.layer', { layer: look.layer + 1 }) },
          ]}
          onChange={(paint) => lab.look({ paint })}
        />
        <Select
          label={t('mask.preset')}
          testId="mask-preset"
          value={preset ?? ''}
          options={[
            ...(preset ? [] : [{ value: '' as const, label: t('mask.preset.own'), disabled: true }]),
            ...PRESETS.map((value) => ({ value, label: t(`mask.preset.${value}`) })),
          ]}
          onChange={(name) => name && choose(name)}
        />
        {length && (
          <Slider
            label={t(`mask.${length.type}`)}
            min={0}
            max={Math.min(64, run.tokens.length)}
            value={length.type === 'prefix' ? length.length : length.radius}
            onChange={change}
            testId="mask-length"
          />
        )}
      </div>
      <div className="row">
        <Button small disabled={selected.length === 0} onClick={() => close('query')} data-testid="close-row">
          {t('mask.close.query')}
        </Button>
        <Button small disabled={selected.length === 0} onClick={() => close('key')} data-testid="close-column">
          {t('mask.close.key')}
        </Button>
      </div>
      <p className="hint" data-testid="mask-summary">
        {t(mask.inverted ? 'mask.painted.inverted' : 'mask.painted', { count: mask.paint.length })}
      </p>
      {silent.length > 0 && (
        <p className="hint" role="status" data-testid="reads-nothing">
          {t('mask.silent', { tokens: listed(silent), count: silent.length, layer: look.layer + 1 })}
        </p>
      )}
    </Panel>
  )
}

/** The first dozen by name. */
function listed(labels: readonly string[]): string {
  const tokens = labels.slice(0, 12).join(', ')
  return labels.length > 12 ? t('mask.silent.more', { tokens, count: labels.length - 12 }) : tokens
}

/** Labels of the tokens whose query may read no key at all. */
function silentTokens(run: TextToolProps['run'], layer: number): string[] {
  const readable = mayRead(run)
  return run.tokens.flatMap(({ label }, q) => (run.tokens.some((_, k) => readable(layer, q, k)) ? [] : [label]))
}

/** A preset's rules for some layers; that nobody reads PAD holds in all. */
function inLayers(rules: readonly MaskRule[], layers: readonly number[] | undefined): MaskRule[] {
  return rules.map((rule) => (layers && rule.type !== 'padding' ? { ...rule, layers } : rule))
}

/** The preset that these rules are, whatever their lengths and layers. */
function presetOf(rules: readonly MaskRule[]): Preset | undefined {
  const shape = (list: readonly MaskRule[]) =>
    JSON.stringify(list.map(({ layers: _, ...rule }) => lengthened(rule as MaskRule, 0)))
  return PRESETS.find((name) => shape(MASK_PRESETS[name]) === shape(rules))
}

function lengthened(rule: MaskRule, length: number): MaskRule {
  if (rule.type === 'prefix') return { ...rule, length }
  return rule.type === 'window' ? { ...rule, radius: length } : rule
}
