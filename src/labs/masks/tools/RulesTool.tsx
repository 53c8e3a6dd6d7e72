import { useState } from 'react'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { Formula } from '../../../views/formula/Formula.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Field } from '../../../views/primitives/Field.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { saidInFull } from '../../../words/errors.ts'
import { MAX_FORMULA, parse } from '../state/language.ts'
import { NAMED_GROUPS, type NamedGroup, type NamedId, namedMask } from '../state/named.ts'
import { isWhole, type Join, joined, MAX_RULES, type Range, type RuleText, withValue } from '../state/rules.ts'
import { maskTex } from '../state/tex.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** What a slider of a constant goes up to beyond its value. */
const LEAST_SLIDER = 16

/** The rules of the mask as text, each for its layers and heads; a cell is readable where all of them allow it. */
export default function RulesTool({ lab, doc, run }: MasksToolProps) {
  const set = (rules: readonly RuleText[], of = '') => lab.setRules(rules, of)
  return (
    <Panel help={null} title={t('rules')} lead={t('rules.lead')} testId="rules-tool">
      {doc.rules.length === 0 && <p className="hint">{t('rules.none')}</p>}
      <ol className="rules">
        {doc.rules.map((rule, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity beyond its place
          <li key={i}>
            <Rule
              number={i + 1}
              rule={rule}
              stack={run.info}
              onChange={(next, of) => set(doc.rules.with(i, next), of && `${of} ${i}`)}
              onRemove={() => set(doc.rules.toSpliced(i, 1))}
            />
          </li>
        ))}
      </ol>
      <div className="row">
        <Button
          small
          disabled={doc.rules.length >= MAX_RULES}
          onClick={() => set([...doc.rules, { text: 'true' }])}
          data-testid="add-rule"
        >
          {t('rules.add')}
        </Button>
      </div>
      <details className="language">
        <summary>{t('language')}</summary>
        <dl>
          {(['rows', 'kinds', 'texts', 'signs', 'where'] as const).map((part) => (
            <div key={part}>
              <dt>
                <code>{t(`language.${part}`)}</code>
              </dt>
              <dd>{t(`language.${part}.means`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Panel>
  )
}

interface RuleProps {
  number: number
  rule: RuleText
  stack: { layers: number; heads: number }
  /** @param of the gesture: what goes on without a pause is one step of undo */
  onChange: (rule: RuleText, of?: string) => void
  onRemove: () => void
}

/** One rule. What is typed and is no formula yet stays in its box with the reason; the mask keeps the last one that was. */
function Rule({ number, rule, stack, onChange, onRemove }: RuleProps) {
  const [draft, setDraft] = useState<{ text: string; of: string; problem: ErrorReport } | null>(null)
  const shown = draft && draft.of === rule.text ? draft : null
  const type = (text: string) => {
    try {
      parse(text)
      setDraft(null)
      onChange({ ...rule, text }, 'formula')
    } catch (thrown) {
      setDraft({ text, of: rule.text, problem: reportOf(thrown) })
    }
  }
  return (
    <section className="rule" aria-label={t('rule', { number })} data-testid="rule">
      <Field
        label={t('rule', { number })}
        hint={shown ? <span data-testid="rule-problem">{saidInFull(shown.problem)}</span> : undefined}
      >
        {(ids) => (
          <textarea
            {...ids}
            className="input mono"
            rows={2}
            spellCheck={false}
            maxLength={MAX_FORMULA}
            aria-invalid={shown ? true : undefined}
            data-testid="rule-text"
            value={shown ? shown.text : rule.text}
            onChange={(event) => type(event.target.value)}
          />
        )}
      </Field>
      <Formula tex={maskTex([rule], stack)} text={rule.text} />
      <div className="tool-form">
        {parse(rule.text).where.map(([name, value]) => (
          <Slider
            key={name}
            label={name}
            min={Math.min(0, value)}
            max={Math.max(LEAST_SLIDER, 2 * value)}
            value={value}
            onChange={(next) => onChange(withValue(rule, name, next), `constant ${name}`)}
            testId={`rule-${name}`}
          />
        ))}
      </div>
      <div className="row">
        <Places
          label={t('rule.layers')}
          count={stack.layers}
          range={rule.layers}
          testId="rule-layers"
          onRange={(layers) => onChange(scoped(rule, { layers }))}
        />
        <Places
          label={t('rule.heads')}
          count={stack.heads}
          range={rule.heads}
          testId="rule-heads"
          onRange={(heads) => onChange(scoped(rule, { heads }))}
        />
        <Button small look="quiet" onClick={onRemove} data-testid="remove-rule">
          {t('rule.remove')}
        </Button>
      </div>
      <Combine onJoin={(join, other) => onChange({ ...rule, text: joined(rule.text, join, other) })} />
    </section>
  )
}

/** A rule for other layers or heads; undefined: all. */
function scoped({ layers, heads, text }: RuleText, change: { layers?: Range; heads?: Range }): RuleText {
  const next = { layers, heads, ...change }
  return { text, ...(next.layers && { layers: next.layers }), ...(next.heads && { heads: next.heads }) }
}

/** From one layer, or head, to another; people count from 1. */
function Places(props: {
  label: string
  count: number
  range: Range | undefined
  testId: string
  onRange: (range: Range | undefined) => void
}) {
  const { label, count, range = [0, count - 1], testId, onRange } = props
  const [first, last] = [Math.min(range[0], count - 1), Math.min(range[1], count - 1)]
  const set = (next: Range) => onRange(isWhole(next, count) ? undefined : next)
  const options = Array.from({ length: count }, (_, i) => ({ value: String(i), label: `${i + 1}` }))
  return (
    <span className="row places">
      <Select
        label={t('rule.from', { what: label })}
        inline
        testId={`${testId}-from`}
        value={String(first)}
        options={options}
        onChange={(value) => set([Number(value), Math.max(Number(value), last)])}
      />
      <Select
        label={t('rule.to')}
        inline
        testId={`${testId}-to`}
        value={String(last)}
        options={options}
        onChange={(value) => set([Math.min(first, Number(value)), Number(value)])}
      />
    </span>
  )
}

const JOINS = ['and', 'or', 'and not'] as const satisfies readonly Join[]

/** Joins the rule with a mask that has a name. */
function Combine({ onJoin }: { onJoin: (join: Join, other: string) => void }) {
  const [join, setJoin] = useState<Join>('or')
  const [other, setOther] = useState<NamedId>('window')
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  return (
    <div className="row combine">
      <Select
        label={t('combine.how')}
        inline
        testId="combine-how"
        value={join}
        options={JOINS.map((value) => ({ value, label: t(`combine.${value}`) }))}
        onChange={setJoin}
      />
      <Select
        label={t('combine.with')}
        inline
        testId="combine-with"
        value={other}
        options={(Object.keys(NAMED_GROUPS) as NamedGroup[]).flatMap((group) =>
          NAMED_GROUPS[group].map((id) => ({ value: id, label: t(`named.${id}`), group: t(`group.${group}`) })),
        )}
        onChange={setOther}
      />
      <Button
        small
        data-testid="combine"
        onClick={() => {
          try {
            onJoin(join, namedMask(other)?.rule ?? 'true')
            setProblem(null)
          } catch (thrown) {
            setProblem(reportOf(thrown))
          }
        }}
      >
        {t('combine')}
      </Button>
      {problem && (
        <span role="alert" className="hint">
          {saidInFull(problem)}
        </span>
      )}
    </div>
  )
}
