import { useMemo } from 'react'
import {
  clear,
  invert,
  MASK_PRESETS,
  type MaskRule,
  type MaskSpec,
  type PaintedCell,
  type Readable,
} from '../../../sequence/mask.ts'
import type { Token } from '../../../sequence/token.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { t } from './words/words.ts'

export type MaskPreset = keyof typeof MASK_PRESETS

export interface MaskEditorProps {
  title: string
  mask: MaskSpec
  /** What a reset brings back, and the presets that fit the model. */
  usual: MaskSpec
  presets: readonly MaskPreset[]
  /** The rows of the run, and what they may read. */
  tokens: readonly Token[]
  readable: Readable
  layer: number
  selection: readonly number[]
  /** What painting changes: the layer on screen, or every layer. */
  scope: 'layer' | 'all'
  onScope: (scope: 'layer' | 'all') => void
  onMask: (mask: MaskSpec) => void
  onPaint: (cells: PaintedCell[]) => void
}

/** Which query may read which key: presets, and cells painted by hand on the large map. */
export function MaskEditor(props: MaskEditorProps) {
  const { title, mask, usual, presets, tokens, readable, layer, selection, scope, onScope, onMask, onPaint } = props
  const silent = useMemo(() => silentTokens(tokens, readable, layer), [tokens, readable, layer])
  const here = scope === 'layer' ? [layer] : undefined
  const preset = presetOf(mask.rules, presets)
  const length = mask.rules.find((rule) => rule.type === 'prefix' || rule.type === 'window')
  const choose = (name: MaskPreset) => onMask({ ...clear(mask), rules: inLayers(MASK_PRESETS[name], here, usual) })
  const change = (to: number) =>
    onMask({ ...mask, rules: mask.rules.map((rule) => (rule === length ? lengthened(rule, to) : rule)) })
  const selected = tokens.filter(({ key }) => selection.includes(key))
  const close = (side: 'query' | 'key') =>
    onPaint(
      selected.flatMap(({ key }) =>
        tokens.map((other) => ({
          layer: here?.[0] ?? ('all' as const),
          query: side === 'query' ? key : other.key,
          key: side === 'query' ? other.key : key,
          readable: false,
        })),
      ),
    )

  return (
    <Panel
      help={null}
      title={title}
      lead={t('lead')}
      testId="mask-tool"
      actions={
        <>
          <Button small onClick={() => onMask(invert(mask))} data-testid="mask-invert">
            {t('invert')}
          </Button>
          <Button
            small
            disabled={mask.paint.length === 0 && !mask.inverted}
            onClick={() => onMask(clear(mask))}
            data-testid="mask-clear"
          >
            {t('clear')}
          </Button>
          <Button
            small
            disabled={JSON.stringify(mask) === JSON.stringify(usual)}
            onClick={() => onMask(usual)}
            data-testid="mask-reset"
          >
            {t('reset')}
          </Button>
        </>
      }
    >
      <div className="tool-form">
        <Segmented
          label={t('scope')}
          showLabel
          testId="mask-scope"
          value={scope}
          options={[
            { value: 'all', label: t('scope.all') },
            { value: 'layer', label: t('scope.layer', { layer: layer + 1 }) },
          ]}
          onChange={onScope}
        />
        <Select
          label={t('preset')}
          testId="mask-preset"
          value={preset ?? ''}
          options={[
            ...(preset ? [] : [{ value: '' as const, label: t('preset.own'), disabled: true }]),
            ...presets.map((value) => ({ value, label: t(`preset.${value}`) })),
          ]}
          onChange={(name) => name && choose(name)}
        />
        {length && (
          <Slider
            label={t(`${length.type}`)}
            min={0}
            max={Math.min(64, tokens.length)}
            value={length.type === 'prefix' ? length.length : length.radius}
            onChange={change}
            testId="mask-length"
          />
        )}
      </div>
      <div className="row">
        <Button small disabled={selected.length === 0} onClick={() => close('query')} data-testid="close-row">
          {t('close.query')}
        </Button>
        <Button small disabled={selected.length === 0} onClick={() => close('key')} data-testid="close-column">
          {t('close.key')}
        </Button>
      </div>
      <p className="hint" data-testid="mask-summary">
        {t(mask.inverted ? 'painted.inverted' : 'painted', { count: mask.paint.length })}
      </p>
      {silent.length > 0 && (
        <p className="hint" role="status" data-testid="reads-nothing">
          {t('silent', { tokens: listed(silent), count: silent.length, layer: layer + 1 })}
        </p>
      )}
    </Panel>
  )
}

/** The first dozen by name. */
function listed(labels: readonly string[]): string {
  const tokens = labels.slice(0, 12).join(', ')
  return labels.length > 12 ? t('silent.more', { tokens, count: labels.length - 12 }) : tokens
}

/** Labels of the tokens whose query may read no key at all. */
function silentTokens(tokens: readonly Token[], readable: Readable, layer: number): string[] {
  return tokens.flatMap(({ label }, q) => (tokens.some((_, k) => readable(layer, q, k)) ? [] : [label]))
}

/** A preset's rules for some layers; what holds in a model anyway (that nobody reads PAD, or ahead) holds in all. */
function inLayers(rules: readonly MaskRule[], layers: readonly number[] | undefined, usual: MaskSpec): MaskRule[] {
  const holds = (rule: MaskRule) => usual.rules.some(({ type }) => type === rule.type)
  return rules.map((rule) => (layers && !holds(rule) ? { ...rule, layers } : rule))
}

/** The preset that these rules are, whatever their lengths and layers. */
function presetOf(rules: readonly MaskRule[], presets: readonly MaskPreset[]): MaskPreset | undefined {
  const shape = (list: readonly MaskRule[]) =>
    JSON.stringify(list.map(({ layers: _, ...rule }) => lengthened(rule as MaskRule, 0)))
  return presets.find((name) => shape(MASK_PRESETS[name]) === shape(rules))
}

function lengthened(rule: MaskRule, length: number): MaskRule {
  if (rule.type === 'prefix') return { ...rule, length }
  return rule.type === 'window' ? { ...rule, radius: length } : rule
}
