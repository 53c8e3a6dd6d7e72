import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button as AriaButton, FileTrigger } from 'react-aria-components'
import { addStep, duplicateStep, moveStep, removeStep } from '../../../state/lesson/draft.ts'
import type { Editing } from '../../../state/lesson/editor.ts'
import type { LessonIssue } from '../../../state/lesson/schema.ts'
import { said } from '../../../words/errors.ts'
import { LANGUAGE_NAMES } from '../../../words/languages.ts'
import { Button } from '../../primitives/Button.tsx'
import { CopyButton } from '../../primitives/CopyButton.tsx'
import { Segmented } from '../../primitives/Segmented.tsx'
import { SignButton } from '../../primitives/SignButton.tsx'
import { AboutPage, type AboutPageProps } from './AboutPage.tsx'
import { StepPage, type StepPageProps } from './StepPage.tsx'
import type { EditorTools } from './tools.ts'
import { t } from './words/words.ts'

export interface EditorPanelProps
  extends Pick<AboutPageProps, 'labs'>,
    Pick<StepPageProps, 'remark' | 'onRecord' | 'onShow'> {
  tools: EditorTools
  page: Editing['page']
  onPage: (page: Editing['page']) => void
  onLanguage: (language: string) => void
  /** What keeps the draft from being a lesson. */
  problems: readonly LessonIssue[]
  canUndo: boolean
  /** Whether the browser keeps the draft. */
  kept: boolean
  onUndo: () => void
  onDiscard: () => void
  onTry: () => void
  onSave: () => void
  /** The file as text. */
  file: () => string
  onImport: (file: File) => void
  onClose: () => void
  /** Above the page: what went wrong, where the lesson plays. */
  notes?: ReactNode
}

/** The editor of lessons beside the lab: the lesson as a whole and its steps, one page each, and what is still missing. */
export function EditorPanel(props: EditorPanelProps) {
  const { tools, page, onPage, problems, canUndo, kept } = props
  const { draft, edit, language } = tools
  const heading = useId()
  const body = useRef<HTMLDivElement>(null)
  const ask = useRef<HTMLDetailsElement>(null)
  const jump = useJump(page, onPage)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0
  }, [page])
  const step = page === 'about' ? null : page
  const isWhole = problems.length === 0
  const mend = () => {
    if (ask.current) ask.current.open = true
    const [first] = problems
    if (first) jump(first)
  }
  return (
    <section ref={tools.panel} className="lesson lesson-editor" aria-labelledby={heading} data-testid="lesson-editor">
      <header className="lesson-head">
        <h2 id={heading}>{t('editor')}</h2>
        <span className="row">
          <Button small look="quiet" disabled={!canUndo} data-testid="editor-undo" onClick={props.onUndo}>
            {t('undo')}
          </Button>
          <SignButton sign="✕" name={t('close')} data-testid="editor-close" onClick={props.onClose} />
        </span>
      </header>
      <div className="editor-bar">
        <nav className="lesson-steps" aria-label={t('pages')}>
          <button
            type="button"
            className="lesson-dot editor-about"
            aria-current={page === 'about' ? 'step' : undefined}
            data-testid="page-about"
            onClick={() => onPage('about')}
          >
            {t('page.about')}
          </button>
          {draft.steps.map((_, at) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
              key={at}
              type="button"
              className="lesson-dot"
              aria-current={page === at ? 'step' : undefined}
              aria-label={t('page.step', { step: at + 1 })}
              data-testid="page-step"
              onClick={() => onPage(at)}
            >
              {at + 1}
            </button>
          ))}
          <button
            type="button"
            className="lesson-dot"
            aria-label={t('step.add')}
            title={t('step.add')}
            data-testid="add-step"
            onClick={() => {
              const after = step ?? draft.steps.length - 1
              edit(addStep(draft, after))
              onPage(after + 1)
            }}
          >
            {'+'}
          </button>
        </nav>
        <Segmented
          small
          label={t('language')}
          testId="editor-language"
          value={language}
          options={LANGUAGE_NAMES.map(({ id, name }) => ({ value: id as string, label: id, title: name }))}
          onChange={props.onLanguage}
        />
      </div>
      <div ref={body} className="lesson-body">
        {props.notes}
        {step === null ? (
          <AboutPage tools={tools} labs={props.labs} />
        ) : (
          <>
            <div className="editor-step-tools row">
              <SignButton sign="←" name={t('step.earlier')} disabled={step === 0} onClick={() => move(step, -1)} />
              <SignButton
                sign="→"
                name={t('step.later')}
                disabled={step === draft.steps.length - 1}
                onClick={() => move(step, 1)}
              />
              <Button
                small
                look="quiet"
                data-testid="duplicate-step"
                onClick={() => {
                  edit(duplicateStep(draft, step))
                  onPage(step + 1)
                }}
              >
                {t('step.duplicate')}
              </Button>
              <Button small look="quiet" data-testid="remove-step" onClick={() => edit(removeStep(draft, step))}>
                {t('step.remove')}
              </Button>
            </div>
            <StepPage
              key={step}
              at={step}
              tools={tools}
              remark={props.remark}
              onRecord={props.onRecord}
              onShow={props.onShow}
            />
          </>
        )}
      </div>
      <footer className="lesson-foot editor-foot">
        {!kept && <p role="alert">{t('unkept')}</p>}
        <details ref={ask} className="editor-problems" data-testid="editor-problems" data-count={problems.length}>
          <summary>{t('problems', { count: problems.length })}</summary>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.path.join('.')} ${problem.found} ${problem.message}`}>
                <button type="button" className="editor-problem" onClick={() => jump(problem)}>
                  <b>{placeName(problem)}</b> {said(problem.message)}
                </button>
              </li>
            ))}
          </ul>
        </details>
        <div className="row">
          <Button small look="main" data-testid="try-lesson" onClick={isWhole ? props.onTry : mend}>
            {t('try')}
          </Button>
          <Button small data-testid="save-lesson" onClick={isWhole ? props.onSave : mend}>
            {t('save')}
          </Button>
          {isWhole && <CopyButton small look="quiet" label={t('copy')} text={props.file} testId="copy-lesson" />}
          <FileTrigger
            acceptedFileTypes={['application/json', '.json']}
            onSelect={(files) => files?.[0] && props.onImport(files[0])}
          >
            <AriaButton className="button button-small button-quiet" data-testid="import-lesson">
              {t('import')}
            </AriaButton>
          </FileTrigger>
          <Button small look="quiet" data-testid="discard-draft" onClick={props.onDiscard}>
            {t('discard')}
          </Button>
        </div>
      </footer>
    </section>
  )

  function move(from: number, by: number) {
    edit(moveStep(draft, from, from + by))
    onPage(from + by)
  }
}

/** Where a problem is, as an author calls it: the step, and the name of the field in the file. */
function placeName({ path, found }: LessonIssue): string {
  const [part, number, ...inner] = path
  const field = part === 'steps' ? inner.join('.') : path.join('.')
  const where = part === 'steps' ? `${t('page.step', { step: Number(number) + 1 })}: ${field}` : field
  const language = found?.split('.')[0]
  return language && found?.includes('.') ? `${where} (${language})` : where
}

/** Shows the field that a problem is about, on its page. */
function useJump(page: Editing['page'], onPage: (page: Editing['page']) => void) {
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    const path = wanted.current
    wanted.current = null
    focusField(path)
  })
  return ({ path }: LessonIssue) => {
    const to = path[0] === 'steps' ? Number(path[1]) : 'about'
    const field = path.join('.')
    if (to === page) return focusField(field)
    wanted.current = field
    onPage(to)
  }
}

/** The field of a path, or the nearest one around it. */
function focusField(path: string): void {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(at)}"]`)
    if (!field) continue
    for (let around = field.closest('details'); around; around = around.parentElement?.closest('details') ?? null)
      around.open = true
    const control = field.matches('input, textarea')
      ? field
      : field.querySelector<HTMLElement>(':is(input, select, textarea, button):enabled')
    field.scrollIntoView({ block: 'nearest' })
    control?.focus()
    return
  }
}
