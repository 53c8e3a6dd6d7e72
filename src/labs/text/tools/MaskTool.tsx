import { useMemo } from 'react'
import { clear, DEFAULT_MASK, invert, MASK_PRESETS, type MaskRule, readable } from '../../../sequence/mask.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import type { TextToolProps } from './props.ts'

type Preset = keyof typeof MASK_PRESETS

const NAMES: Record<Preset, string> = {
  all: 'Everything reads everything, PAD too',
  padding: 'Padding: nobody reads PAD',
  causal: 'Causal: nobody reads ahead',
  prefix: 'Prefix: causal, but all read the first tokens',
  segments: 'Blocks: each segment reads itself',
  window: 'Window: neighbours only',
  clsReadsSep: '[CLS] reads nothing but [SEP]',
  nobodyReadsCls: 'Nobody reads [CLS]',
  nobodyReadsSep: 'Nobody reads [SEP]',
}

/** Which query may read which key: presets, and cells painted by hand on the large map. */
export function MaskTool({ lab, run }: TextToolProps) {
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
      title="Mask cells"
      lead="While this tool is open, the large map is painted: press or drag over its cells, or press Space on one. A closed cell gets probability 0."
      testId="mask-tool"
      actions={
        <>
          <Button small onClick={() => lab.setMask(invert(mask))} data-testid="mask-invert">
            Invert
          </Button>
          <Button
            small
            disabled={mask.paint.length === 0 && !mask.inverted}
            onClick={() => lab.setMask(clear(mask))}
            data-testid="mask-clear"
          >
            Clear paint
          </Button>
          <Button
            small
            disabled={JSON.stringify(mask) === JSON.stringify(DEFAULT_MASK)}
            onClick={() => lab.setMask(DEFAULT_MASK)}
            data-testid="mask-reset"
          >
            Reset
          </Button>
        </>
      }
    >
      <div className="tool-form">
        <Segmented
          label="Applies to"
          showLabel
          testId="mask-scope"
          value={look.paint}
          options={[
            { value: 'all', label: 'all layers' },
            { value: 'layer', label: `layer ${look.layer + 1} only` },
          ]}
          onChange={(paint) => lab.look({ paint })}
        />
        <Select
          label="Preset"
          testId="mask-preset"
          value={preset ?? ''}
          options={[
            ...(preset ? [] : [{ value: '' as const, label: 'your own', disabled: true }]),
            ...(Object.keys(NAMES) as Preset[]).map((value) => ({ value, label: NAMES[value] })),
          ]}
          onChange={(name) => name && choose(name)}
        />
        {length && (
          <Slider
            label={length.type === 'prefix' ? 'Length of the prefix' : 'Neighbours on each side'}
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
          Selected tokens read nothing
        </Button>
        <Button small disabled={selected.length === 0} onClick={() => close('key')} data-testid="close-column">
          Nobody reads the selected tokens
        </Button>
      </div>
      <p className="hint" data-testid="mask-summary">
        {mask.paint.length === 0 ? 'No cell is painted' : `${mask.paint.length} painted`}
        {mask.inverted && ', rules inverted'}. Painted cells follow their tokens when others come and go.
      </p>
      {silent.length > 0 && (
        <p className="hint" role="status" data-testid="reads-nothing">
          {silent.slice(0, 12).join(', ')}
          {silent.length > 12 && ` and ${silent.length - 12} more`}: {silent.length === 1 ? 'reads' : 'read'} nothing in
          layer {look.layer + 1}, so attention adds nothing there.
        </p>
      )}
    </Panel>
  )
}

/** Labels of the tokens whose query may read no key at all. */
function silentTokens({ doc, tokens }: TextToolProps['run'], layer: number): string[] {
  const mayRead = readable(doc.sequence, doc.mask)
  return tokens.flatMap(({ label }, q) => (tokens.some((_, k) => mayRead(layer, q, k)) ? [] : [label]))
}

/** A preset's rules for some layers; that nobody reads PAD holds in all. */
function inLayers(rules: readonly MaskRule[], layers: readonly number[] | undefined): MaskRule[] {
  return rules.map((rule) => (layers && rule.type !== 'padding' ? { ...rule, layers } : rule))
}

/** The preset that these rules are, whatever their lengths and layers. */
function presetOf(rules: readonly MaskRule[]): Preset | undefined {
  const shape = (list: readonly MaskRule[]) =>
    JSON.stringify(list.map(({ layers: _, ...rule }) => lengthened(rule as MaskRule, 0)))
  return (Object.keys(MASK_PRESETS) as Preset[]).find((name) => shape(MASK_PRESETS[name]) === shape(rules))
}

function lengthened(rule: MaskRule, length: number): MaskRule {
  if (rule.type === 'prefix') return { ...rule, length }
  return rule.type === 'window' ? { ...rule, radius: length } : rule
}
