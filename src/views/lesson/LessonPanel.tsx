import { Fragment, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { decimal, exact } from '../../words/numbers.ts'
import { Button } from '../primitives/Button.tsx'
import { SignButton } from '../primitives/SignButton.tsx'
import { Loading } from '../shell/Loading.tsx'
import { t } from './words/words.ts'

/** What a question is about, with the reader's answer and, once the run can tell, which one is right. */
export interface LessonQuestion {
  text: string
  judged: 'now' | 'after'
  choices?: readonly string[]
  unit?: string
  /** Of a number, in its unit: how near it has to be. */
  within?: number
  answer: { choice: number } | { number: number } | null
  verdict: boolean | null
  /** By choice whether it is true, or the one number; null: the run cannot tell yet. */
  truth: readonly (boolean | number | string | null)[] | null
}

/** What is pressed in one place. */
export interface LessonKeys {
  /** Each as the signs on its keys, or as a text that is typed. */
  presses: readonly (readonly string[])[]
  /** Gives the place the focus; absent: it has it by then. */
  onGo?: () => void
}

export interface LessonAction {
  text: string
  /** By keyboard, place by place in their order. */
  keys: readonly LessonKeys[]
  /** Done at any time since the step began, and still so. */
  acted: boolean
  /** Something else was edited. */
  elsewhere: boolean
  holds: boolean
  done: string
}

export interface LessonPanelProps {
  title: string
  steps: readonly { done: boolean }[]
  /** From 0. */
  step: number
  opening: boolean
  /** Why the step cannot be played now, in its place. */
  notice?: ReactNode
  /** One or two paragraphs. */
  text: readonly string[]
  /** Whether the run shows what the step is about. */
  asExpected: boolean
  question?: LessonQuestion
  action?: LessonAction
  /** The action was done before the question was answered. */
  early: boolean
  sources: readonly { title: string; url?: string }[]
  /** What stands in the glossary. */
  terms: readonly { name: string; href: string }[]
  onAnswer: (answer: { choice: number } | { number: number }) => void
  onReconsider: () => void
  onStep: (step: number) => void
  onNext: () => void
  onClose: () => void
  /** After the last step: closes it, too. */
  onEnd: () => void
  /** A lesson of one's own can be edited; the draft that is tried goes back to its editor. */
  edit?: 'own' | 'draft'
  onEdit?: () => void
}

/** A lesson beside its lab: a step's words, its question, what to do, and what the run says to both. */
export function LessonPanel(props: LessonPanelProps) {
  const { title, steps, step, opening, text, asExpected, question, action, early, sources } = props
  const heading = useId()
  const isLast = step === steps.length - 1
  const passed = (!question || question.answer !== null) && (!action || action.acted)
  const outcome = useRef<HTMLDivElement>(null)
  const told = `${question?.verdict} ${action?.acted}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came of it comes into sight when it is there
  useEffect(() => {
    if (action?.acted) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [told])
  // A question is answered before anything moves: what to do is told after it.
  const asksFirst = question?.judged === 'after' && question.answer === null && !early
  return (
    <section
      className="lesson"
      aria-labelledby={heading}
      data-testid="lesson"
      data-step={step + 1}
      data-passed={passed || undefined}
    >
      <header className="lesson-head">
        <h2 id={heading}>{title}</h2>
        {props.edit && (
          <Button small look="quiet" data-testid="lesson-edit" onClick={props.onEdit}>
            {t(`edit.${props.edit}`)}
          </Button>
        )}
        <SignButton sign="✕" name={t('close')} data-testid="lesson-close" onClick={props.onClose} />
      </header>
      <nav className="lesson-steps" aria-label={t('steps')}>
        {steps.map(({ done }, at) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            key={at}
            type="button"
            className="lesson-dot"
            aria-current={at === step ? 'step' : undefined}
            aria-label={t(done ? 'step.done' : 'step.open', { step: at + 1 })}
            data-done={done || undefined}
            onClick={() => props.onStep(at)}
          >
            {done && at !== step ? '✓' : at + 1}
          </button>
        ))}
      </nav>
      {props.notice ? (
        <div className="lesson-body">{props.notice}</div>
      ) : opening ? (
        <Loading what={t('opening')} />
      ) : (
        <div className="lesson-body" data-testid="lesson-body">
          {!asExpected && (
            <p className="lesson-otherwise" data-testid="lesson-otherwise">
              {t('otherwise')}
            </p>
          )}
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {question && (
            <Asked question={question} early={early} onAnswer={props.onAnswer} onReconsider={props.onReconsider} />
          )}
          {action && !asksFirst && <Act action={action} />}
          {/* What came of it is read aloud, and the question is judged by it. */}
          <div ref={outcome} aria-live="polite">
            {question && <Verdict question={question} />}
            {action?.acted && (
              <p className="lesson-done" data-testid="lesson-done" data-holds={action.holds || undefined}>
                {action.holds ? action.done : t('act.past')}
              </p>
            )}
          </div>
        </div>
      )}
      <footer className="lesson-foot">
        <Button
          small
          look="quiet"
          disabled={step === 0}
          data-testid="lesson-back"
          onClick={() => props.onStep(step - 1)}
        >
          {t('back')}
        </Button>
        <SignButton sign="↺" name={t('again')} data-testid="lesson-again" onClick={() => props.onStep(step)} />
        <Button
          small
          look={passed ? 'main' : 'plain'}
          data-testid="lesson-next"
          onClick={isLast ? props.onEnd : props.onNext}
        >
          {isLast ? t(props.edit ? 'close' : 'end') : passed ? t('next') : t('skip')}
        </Button>
      </footer>
      <details className="lesson-sources">
        <summary>{t(props.terms.length > 0 ? 'terms-sources' : 'sources')}</summary>
        {props.terms.length > 0 && (
          <p className="lesson-terms" data-testid="lesson-terms">
            {props.terms.map(({ name, href }) => (
              <a key={href} href={href}>
                {name}
              </a>
            ))}
          </p>
        )}
        <ul lang="en">
          {sources.map(({ title: name, url }) => (
            <li key={name}>
              {url ? (
                <a href={url} target="_blank" rel="noreferrer">
                  {name}
                </a>
              ) : (
                name
              )}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}

interface AskedProps {
  question: LessonQuestion
  early: boolean
  onAnswer: LessonPanelProps['onAnswer']
  onReconsider: () => void
}

function Asked({ question, early, onAnswer, onReconsider }: AskedProps) {
  const { answer, choices, judged } = question
  const name = useId()
  return (
    <fieldset className="lesson-question" data-testid="lesson-question">
      <legend>
        <span className="lesson-kicker">{t(judged === 'after' ? 'ask' : 'ask.now')}</span>
        {question.text}
      </legend>
      {early && answer === null && <p className="hint">{t('early')}</p>}
      {choices ? (
        choices.map((choice, at) => (
          <label key={choice} className="lesson-choice">
            <input
              type="radio"
              name={name}
              checked={answer !== null && 'choice' in answer && answer.choice === at}
              onChange={() => onAnswer({ choice: at })}
            />
            <span>{choice}</span>
          </label>
        ))
      ) : (
        <NumberAnswer question={question} onAnswer={onAnswer} onReconsider={onReconsider} />
      )}
    </fieldset>
  )
}

/** A number is given by a button: while it is written it is no answer yet. */
function NumberAnswer({ question: { answer, unit, within }, onAnswer, onReconsider }: Omit<AskedProps, 'early'>) {
  const [written, setWritten] = useState('')
  // A comma is a decimal sign in half of the world.
  const value = Number(written.replace(',', '.'))
  const isNumber = written.trim() !== '' && Number.isFinite(value)
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        if (answer) onReconsider()
        else if (isNumber) onAnswer({ number: value })
      }}
    >
      <label className="lesson-number">
        <span className="sr-only">{t('answer')}</span>
        <input
          className="input mono"
          inputMode="decimal"
          value={answer && 'number' in answer ? exact(answer.number) : written}
          readOnly={answer !== null}
          onChange={(event) => setWritten(event.target.value)}
        />
        {unit}
      </label>
      <Button small type="submit" disabled={!answer && !isNumber}>
        {t(answer ? 'answer.again' : 'answer.give')}
      </Button>
      {within !== undefined && within > 0 && (
        <span className="hint">{t('answer.within', { within: `${exact(within)}${unit ? ` ${unit}` : ''}` })}</span>
      )}
    </form>
  )
}

function Verdict({ question }: { question: LessonQuestion }) {
  const { answer, verdict, truth, judged } = question
  if (!answer) return null
  if (!truth) return judged === 'after' ? <p className="hint">{t('answer.waits')}</p> : null
  return (
    <p className="lesson-verdict" data-testid="lesson-verdict" data-right={verdict ?? undefined}>
      {verdictText(question)}
    </p>
  )
}

function verdictText({ verdict, truth, choices, unit }: LessonQuestion): string {
  if (verdict === null || !truth) return t('unknown')
  if (!choices) {
    const [right] = truth
    const said =
      typeof right === 'number'
        ? unit === '%'
          ? `${decimal(right * 100, 1)} %`
          : decimal(right, Number.isInteger(right) ? 0 : 2)
        : String(right)
    return t(verdict ? 'right.number' : 'wrong.number', { right: said })
  }
  if (verdict) return t('right')
  // Choices are sentences, some with their own full stop.
  const right = choices.filter((_, at) => truth[at] === true).map((choice) => choice.replace(/\.$/, ''))
  return right.length > 0 ? t('wrong.choice', { right: right.join(' / ') }) : t('wrong.none')
}

function Act({ action: { text, keys, acted, elsewhere } }: { action: LessonAction }) {
  return (
    <div className="lesson-act" data-testid="lesson-act" data-acted={acted || undefined}>
      <p>
        <span className="lesson-kicker">{t('act')}</span>
        {text}
      </p>
      {keys.length > 0 && (
        <p className="hint">
          {t('act.keys')}{' '}
          {keys.map(({ presses, onGo }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same place may come twice
            <Fragment key={place}>
              {onGo && <SignButton sign="◎" name={t('act.go')} data-testid="lesson-go" onClick={onGo} />}
              {presses.map((signs, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
                <span key={at} className="lesson-press">
                  {signs.map((sign) => (
                    <kbd key={sign}>{sign}</kbd>
                  ))}
                </span>
              ))}
            </Fragment>
          ))}
        </p>
      )}
      {elsewhere && (
        <p className="hint" data-testid="lesson-elsewhere">
          {t('act.elsewhere')}
        </p>
      )}
    </div>
  )
}
