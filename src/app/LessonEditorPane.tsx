import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import { LABS } from '../labs/index.ts'
import { useLab } from '../labs/shared/useLab.ts'
import type { LabState } from '../state/lab.ts'
import { changeStep, type Draft, emptyDraft, problemsOf } from '../state/lesson/draft.ts'
import type { LessonEditor } from '../state/lesson/editor.ts'
import { type Expression, evaluate } from '../state/lesson/expression.ts'
import { argumentsOf } from '../state/lesson/fields.ts'
import type { Step } from '../state/lesson/lesson.ts'
import { expressionIssues, type LessonIssue, measuredIssues } from '../state/lesson/schema.ts'
import { parseVersioned } from '../state/permalink.ts'
import { saveFile } from '../views/charts/save.ts'
import { EditorPanel } from '../views/lesson/editor/EditorPanel.tsx'
import type { EditorTools } from '../views/lesson/editor/tools.ts'
import { t } from '../views/lesson/words/words.ts'
import { Banner, ErrorBanner } from '../views/shell/Banner.tsx'
import { language as pageLanguage } from '../words/words.ts'
import { type LessonStage, type Lessons, readOwn } from './lessons.ts'
import type { OpenedLab } from './opened_lab.ts'
import { readLesson } from './own_lesson.ts'
import type { Pages } from './pages.ts'
import type { Route } from './router.ts'

export interface LessonEditorPaneProps {
  editor: LessonEditor
  lessons: Lessons
  pages: Pages
  route: Route
}

/** The editor of lessons: its draft, the lab that it records and measures, and what they come to, drawn. */
export default function LessonEditorPane({ editor, lessons, pages, route }: LessonEditorPaneProps) {
  const { draft, page, past, kept } = useLab(editor.store)
  const [language, setLanguage] = useState<string>(() => (pageLanguage() === 'ru' ? 'ru' : 'en'))
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  const [remark, setRemark] = useState<string | null>(null)
  const { stage, fault } = useStage(lessons, draft.lab)
  const stateIssues = useStateIssues(draft, stage)
  const now = useLab<LabState | null>(stage?.opened.lab.store ?? NO_LAB)
  // What has changed is told since the step was shown, recorded or turned to.
  const [start, setStart] = useState<LabState | null>(null)
  const begin = useCallback(() => setStart(stage?.opened.lab.store.getState() ?? null), [stage])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another step
  useEffect(begin, [begin, page])

  const panel = useRef<HTMLElement | null>(null)
  const lastWords = useRef<HTMLTextAreaElement | null>(null)
  const run = now?.run
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands there is told anew with every run
  const measures = useMemo(
    () =>
      Object.entries(stage?.measures ?? {}).map(([id, measure]) => ({
        id,
        parts: argumentsOf(measure),
        there: (now && measure.there?.(now)) ?? {},
      })),
    [stage, run],
  )
  const faults = (expression: unknown): LessonIssue[] => {
    const shape = expressionIssues(expression)
    if (shape.length > 0 || !stage) return shape
    return measuredIssues(expression as Expression, stage.measures)
  }
  const tools: EditorTools = {
    draft,
    edit: editor.edit,
    language,
    measures,
    faults,
    live(expression) {
      if (!stage || !now || faults(expression).length > 0) return { start: null, now: null }
      const moments = { start: start ?? now, now }
      return {
        start: evaluate(expression, stage.measures, { ...moments, now: moments.start }),
        now: evaluate(expression, stage.measures, moments),
      }
    },
    lastWords,
    panel,
  }
  const problems: LessonIssue[] = [
    ...(fault ? [{ path: ['lab'], message: fault.message }] : []),
    ...problemsOf(draft, stage?.measures ?? null),
    ...stateIssues,
  ]
  const file = () => `${JSON.stringify(draft, null, 2)}\n`
  const attempt = (act: () => Promise<void>) => () => {
    setProblem(null)
    act().catch((thrown) => setProblem(reportOf(thrown)))
  }
  const isElsewhere = route.lab !== draft.lab
  return (
    <EditorPanel
      tools={tools}
      page={page}
      onPage={(to) => {
        setRemark(null)
        editor.go(to)
      }}
      onLanguage={setLanguage}
      labs={LABS.map(({ id, name }) => ({ id, name: name() }))}
      problems={problems}
      canUndo={past.length > 0}
      kept={kept}
      remark={remark}
      notes={
        <>
          {problem && <ErrorBanner error={problem} onDismiss={() => setProblem(null)} />}
          {isElsewhere && (
            <Banner
              tone="note"
              title={t('elsewhere', { lab: LABS.find(({ id }) => id === draft.lab)?.name() ?? draft.lab })}
              actions={[{ label: t('elsewhere.go'), onClick: () => pages.go({ lab: draft.lab }) }]}
            />
          )}
        </>
      }
      onRecord={() => record(pages.store.getState().opened[route.lab])}
      onShow={attempt(async () => {
        const state = page === 'about' ? undefined : draft.steps[page]?.state
        if (!state || !stage) return
        await stage.opened.lab.open(await linkOf(state, stage.opened))
        await stage.opened.lab.settled()
        if (isElsewhere) pages.go({ lab: draft.lab })
        begin()
      })}
      onUndo={editor.undo}
      onDiscard={() => editor.replace(emptyDraft(route.lab))}
      onTry={attempt(() => pages.playOwn((all) => all.tryDraft(draft, page === 'about' ? 0 : page)))}
      onSave={() => saveFile(`${draft.id}.json`, file(), 'application/json')}
      file={file}
      onImport={(chosen) => attempt(async () => editor.replace(await readOwn(await readLesson(chosen))))()}
      onClose={lessons.closeEditor}
    />
  )

  /** The state of the lab on screen becomes the step's; before the first one is recorded, the lesson moves to that lab. */
  function record(opened: OpenedLab | undefined): void {
    const link = opened?.lab.link()
    if (!link || !opened || page === 'about') return
    const isFirst = draft.steps.every(({ state }, at) => !state || at === page)
    if (isElsewhere && !isFirst) {
      pages.go({ lab: draft.lab })
      return
    }
    const { lab, ...rest } = JSON.parse(JSON.stringify(link)) as Record<string, unknown>
    const state = { version: opened.parts.format.version, link: rest }
    editor.edit(changeStep({ ...draft, lab: String(lab) }, page, { state }))
    setRemark(opened.parts.remark?.(link) ?? null)
    begin()
  }
}

const NO_LAB = { getState: () => null, subscribe: () => () => {} }

/** The lab that a draft is about, once it is there. */
function useStage(lessons: Lessons, lab: string): { stage: LessonStage | null; fault: ErrorReport | null } {
  const [found, setFound] = useState<{ stage: LessonStage | null; fault: ErrorReport | null }>(NONE)
  useEffect(() => {
    let current = true
    setFound(NONE)
    lessons.stage(lab).then(
      (stage) => current && setFound({ stage, fault: null }),
      (thrown) => current && setFound({ stage: null, fault: reportOf(thrown) }),
    )
    return () => {
      current = false
    }
  }, [lessons, lab])
  return found
}

const NONE = { stage: null, fault: null }

/** States that the lab cannot show: those of a file, since the page records none that it could not. */
function useStateIssues({ steps }: Draft, stage: LessonStage | null): LessonIssue[] {
  const [issues, setIssues] = useState<LessonIssue[]>([])
  const states = JSON.stringify(steps.map(({ state }) => state ?? null))
  useEffect(() => {
    let current = true
    const checks = (JSON.parse(states) as (Step['state'] | null)[]).map(async (state, at): Promise<LessonIssue[]> => {
      if (!state || !stage) return []
      return linkOf(state, stage.opened).then(
        () => [],
        (thrown) => [{ path: ['steps', at, 'state'], message: reportOf(thrown).found ?? reportOf(thrown).message }],
      )
    })
    void Promise.all(checks).then((found) => current && setIssues(found.flat()))
    return () => {
      current = false
    }
  }, [states, stage])
  return issues
}

/** @throws ClsroomError `state` where it is no link of the lab */
function linkOf({ version, link }: NonNullable<Step['state']>, { parts, definition }: OpenedLab) {
  return parseVersioned(parts.format, version, { ...link, lab: definition.id })
}
