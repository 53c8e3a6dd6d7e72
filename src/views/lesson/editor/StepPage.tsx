import {
  addChoice,
  changeAction,
  changeChoices,
  changeQuestion,
  changeStep,
  NOTHING,
  setAction,
  setParagraphs,
  setQuestion,
  setWords,
} from '../../../state/lesson/draft.ts'
import type { Value } from '../../../state/lesson/expression.ts'
import type { Choice, Question } from '../../../state/lesson/lesson.ts'
import { Button } from '../../primitives/Button.tsx'
import { Segmented } from '../../primitives/Segmented.tsx'
import { Switch } from '../../primitives/Switch.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { KeysField } from './KeysField.tsx'
import { NumberInput } from './MeasureForm.tsx'
import { PlaceField } from './PlaceField.tsx'
import type { EditorTools } from './tools.ts'
import { ValueList } from './ValueList.tsx'
import { WordsField } from './WordsField.tsx'
import { t } from './words/words.ts'

export interface StepPageProps {
  /** From 0. */
  at: number
  tools: EditorTools
  /** What must be known of a state that is recorded: what is on screen and not in it. */
  remark: string | null
  onRecord: () => void
  onShow: () => void
}

/** One step: the state it begins with, its words, what it points at, its question and its action. */
export function StepPage({ at, tools, remark, onRecord, onShow }: StepPageProps) {
  const { draft, edit } = tools
  const step = draft.steps[at] ?? draft.steps[0]
  const path = `steps.${at}`
  const values: Record<string, Value> = Object.fromEntries(
    Object.entries(step.values ?? {}).map(([name, one]) => [name, tools.live(one).now]),
  )
  const words = { tools, values }
  return (
    <div className="editor-page">
      <fieldset className="editor-group" data-field={`${path}.state`}>
        <legend>{t('state')}</legend>
        <p className="hint" data-testid="step-state">
          {step.state
            ? t('state.recorded', { model: String(step.state.link.model ?? '') })
            : t(at === 0 ? 'state.none' : 'state.goes-on')}
        </p>
        <div className="row">
          <Button small look={step.state ? 'plain' : 'main'} data-testid="record-state" onClick={onRecord}>
            {t(step.state ? 'state.again' : 'state.record')}
          </Button>
          {step.state && (
            <>
              <Button small onClick={onShow} data-testid="show-state">
                {t('state.show')}
              </Button>
              <Button small look="quiet" onClick={() => edit(changeStep(draft, at, { state: undefined }))}>
                {t('state.remove')}
              </Button>
            </>
          )}
        </div>
        {remark && step.state && <p className="hint">{remark}</p>}
      </fieldset>

      {step.text.map((word, place) => (
        <WordsField
          key={word}
          label={t('paragraph', { number: place + 1 })}
          field={`${path}.text.${place}`}
          word={word}
          rows={4}
          {...words}
        />
      ))}
      <div>
        <Button small look="quiet" onClick={() => edit(setParagraphs(draft, at, step.text.length > 1 ? 1 : 2))}>
          {t(step.text.length > 1 ? 'paragraph.remove' : 'paragraph.add')}
        </Button>
      </div>
      <ValueList at={at} tools={tools} onInsert={(message) => insert(tools, message)} />
      <PlaceField
        label={t('point')}
        field={`${path}.point`}
        value={step.point}
        marked
        onChange={(point) => edit(changeStep(draft, at, { point }))}
        tools={tools}
      />

      <fieldset className="editor-group" data-field={`${path}.question`}>
        <legend>{t('question')}</legend>
        <Segmented
          small
          label={t('question')}
          testId="question-kind"
          value={step.question ? ('choices' in step.question ? 'choices' : 'number') : 'none'}
          options={(['none', 'choices', 'number'] as const).map((kind) => ({
            value: kind,
            label: t(`question.${kind}`),
          }))}
          onChange={(kind) => edit(setQuestion(draft, at, kind))}
        />
        {step.question && <Asked at={at} question={step.question} acts={!!step.action} {...words} />}
      </fieldset>

      <fieldset className="editor-group" data-field={`${path}.action`}>
        <legend>{t('action')}</legend>
        <Switch
          label={t('action.has')}
          checked={!!step.action}
          onChange={(has) => edit(setAction(draft, at, has))}
          testId="has-action"
        />
        {step.action && (
          <>
            <WordsField label={t('action.text')} field={`${path}.action.text`} word={step.action.text} {...words} />
            <ExpressionField
              label={t('action.until')}
              field={`${path}.action.until`}
              kind="condition"
              value={step.action.until}
              onChange={(until) => edit(changeAction(draft, at, { until }), `${at}.until`)}
              tools={tools}
            />
            <WordsField label={t('action.done')} field={`${path}.action.done`} word={step.action.done} {...words} />
            <KeysField
              field={`${path}.action.keys`}
              value={step.action.keys}
              onChange={(keys, of) => edit(changeAction(draft, at, { keys }), of)}
              tools={tools}
            />
          </>
        )}
      </fieldset>

      <fieldset className="editor-group" data-field={`${path}.expects`}>
        <legend>{t('expects')}</legend>
        <Switch
          label={t('expects.has')}
          checked={step.expects !== undefined}
          onChange={(has) => edit(changeStep(draft, at, { expects: has ? NOTHING : undefined }))}
        />
        {step.expects !== undefined && (
          <ExpressionField
            label={t('expects.holds')}
            field={`${path}.expects`}
            kind="condition"
            value={step.expects}
            onChange={(expects) => edit(changeStep(draft, at, { expects }), `${at}.expects`)}
            tools={tools}
          />
        )}
      </fieldset>
    </div>
  )
}

interface AskedProps {
  at: number
  question: Question
  /** Whether the step has an action, after which it can be judged. */
  acts: boolean
  tools: EditorTools
  values: Readonly<Record<string, Value>>
}

function Asked({ at, question, acts, tools, values }: AskedProps) {
  const { draft, edit } = tools
  const path = `steps.${at}.question`
  return (
    <>
      <WordsField
        label={t('question.text')}
        field={`${path}.text`}
        word={question.text}
        tools={tools}
        values={values}
      />
      <Segmented
        small
        showLabel
        label={t('judged')}
        value={question.judged}
        options={[
          { value: 'now', label: t('judged.now') },
          { value: 'after', label: t('judged.after'), disabled: !acts },
        ]}
        onChange={(judged) => edit(changeQuestion(draft, at, { judged }))}
      />
      {'choices' in question ? (
        <>
          {question.choices.map((choice, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place
            <div key={place} className="editor-group" data-testid="choice">
              <WordsField
                label={t('choice', { number: place + 1 })}
                field={`${path}.choices.${place}.text`}
                word={choice.text}
                tools={tools}
                values={values}
                rows={1}
              />
              <ExpressionField
                label={t('choice.right')}
                field={`${path}.choices.${place}.right`}
                kind="condition"
                value={choice.right}
                onChange={(right) =>
                  edit(
                    changeChoices(draft, at, (choices) => replaced(choices, place, { ...choice, right })),
                    `${at}.${place}`,
                  )
                }
                tools={tools}
              />
              {question.choices.length > 2 && (
                <Button
                  small
                  look="quiet"
                  onClick={() => edit(changeChoices(draft, at, (choices) => choices.toSpliced(place, 1)))}
                >
                  {t('choice.remove')}
                </Button>
              )}
            </div>
          ))}
          {question.choices.length < 6 && (
            <Button small look="quiet" onClick={() => edit(addChoice(draft, at))}>
              {t('choice.add')}
            </Button>
          )}
        </>
      ) : (
        <>
          <ExpressionField
            label={t('answer')}
            field={`${path}.number.answer`}
            kind="value"
            value={question.number.answer}
            onChange={(answer) =>
              edit(changeQuestion(draft, at, { number: { ...question.number, answer } }), `${at}.answer`)
            }
            tools={tools}
          />
          <NumberInput
            label={t('answer.within')}
            value={question.number.within}
            least={0}
            onChange={(within) =>
              edit(changeQuestion(draft, at, { number: { ...question.number, within } }), `${at}.within`)
            }
          />
          <Switch
            label={t('answer.percent')}
            checked={question.number.unit === '%'}
            onChange={(percent) => {
              const { unit: _, ...number } = question.number
              edit(changeQuestion(draft, at, { number: percent ? { ...number, unit: '%' } : number }))
            }}
          />
        </>
      )}
    </>
  )
}

function replaced(choices: readonly Choice[], at: number, choice: Choice): Choice[] {
  return choices.map((one, place) => (place === at ? choice : one))
}

/** Puts text where the caret last stood in the words of the step: at first at the end of its first paragraph. */
function insert({ draft, language, edit, lastWords, panel }: EditorTools, message: string): void {
  const last = lastWords.current
  const field = last?.isConnected ? last : panel.current?.querySelector<HTMLTextAreaElement>('[data-word]')
  const word = field?.dataset.word
  if (!field || !word) return
  const { value, selectionStart, selectionEnd } = field
  edit(setWords(draft, language, word, value.slice(0, selectionStart) + message + value.slice(selectionEnd)))
  requestAnimationFrame(() => {
    field.focus()
    field.setSelectionRange(selectionStart + message.length, selectionStart + message.length)
  })
}
