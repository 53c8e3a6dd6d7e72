import { type ReactNode, useEffect, useState } from 'react'
import { LABS } from '../labs/index.ts'
import { useLab } from '../labs/shared/useLab.ts'
import { type Playing, stepOf } from '../state/lesson/player.ts'
import { sayLesson } from '../state/lesson/words.ts'
import { focusPlace, isInMenu, usePointed } from '../views/hooks/usePointed.ts'
import { signsOfPress } from '../views/keys/tables.ts'
import { type LessonAction, type LessonKeys, LessonPanel, type LessonQuestion } from '../views/lesson/LessonPanel.tsx'
import { t } from '../views/lesson/words/words.ts'
import { Banner, ErrorBanner } from '../views/shell/Banner.tsx'
import { speakNewRooms } from '../words/words.ts'
import type { namedTerms } from './glossary/named_terms.ts'
import type { PlayedLesson } from './lessons.ts'
import type { Pages } from './pages.ts'
import { routeHash, useRoute } from './router.ts'

export interface LessonPaneProps {
  played: PlayedLesson
  pages: Pages
}

/** The lesson that plays: what its data, its words and the runs come to, drawn. */
export default function LessonPane({ played: { player, kind, keptAs }, pages }: LessonPaneProps) {
  const playing = useLab(player.store)
  const lessons = pages.store.getState().lessons
  const { done } = useLab(lessons?.progress.store ?? NO_PROGRESS)
  const { lesson, step, start, early, problem } = playing
  const { text, point, question, action } = stepOf(playing)
  usePointed(start ? point : undefined)
  const terms = useTerms(lesson.terms)
  const { lab } = useRoute()
  const atStart = player.values('start')
  const say = (key: string) => sayLesson(lesson, key, atStart)
  return (
    <LessonPanel
      // A step begins with nothing written.
      key={step}
      title={say('title')}
      steps={lesson.steps.map((_, at) => ({ done: done[keptAs ?? '']?.includes(at) ?? false }))}
      step={step}
      opening={start === null}
      notice={noticeOf()}
      text={text.map(say)}
      asExpected={player.asExpected()}
      question={question && asked(playing, question)}
      action={action && acted(action)}
      early={early}
      sources={lesson.sources}
      terms={terms}
      onAnswer={player.answer}
      onReconsider={player.reconsider}
      onStep={(to) => void player.go(to)}
      onNext={() => void player.next()}
      onClose={pages.closeLesson}
      onEnd={() => {
        pages.closeLesson()
        if (kind === 'course') pages.store.setState({ sheet: 'course' })
      }}
      edit={kind === 'course' ? undefined : kind}
      onEdit={() => {
        pages.closeLesson()
        if (kind === 'own') void lessons?.edit(lesson.lab, lesson)
      }}
    />
  )

  /** A step that could not be opened, or a lesson whose lab is not on screen: only one that no address names outlives its lab. */
  function noticeOf(): ReactNode {
    if (lab !== lesson.lab) {
      const name = LABS.find(({ id }) => id === lesson.lab)?.name() ?? lesson.lab
      const go = { label: t('elsewhere.go'), onClick: () => pages.go({ lab: lesson.lab }) }
      return <Banner tone="note" title={t('elsewhere', { lab: name })} actions={[go]} />
    }
    if (!problem) return undefined
    return <ErrorBanner error={problem} actions={[{ label: t('try-again'), onClick: () => void player.go(step) }]} />
  }

  function asked({ answer }: Playing, { text: key, judged, ...rest }: NonNullable<typeof question>): LessonQuestion {
    return {
      text: say(key),
      judged,
      answer,
      verdict: player.verdict(),
      truth: player.truth(),
      ...('choices' in rest
        ? { choices: rest.choices.map(({ text: choice }) => say(choice)) }
        : { unit: rest.number.unit, within: inUnit(rest.number) }),
    }
  }

  function acted({ text: key, keys, done: doneKey }: NonNullable<typeof action>): LessonAction {
    return {
      text: say(key),
      keys: keys.map(({ focus, press }) => ({
        presses: pressed(press),
        ...(!isInMenu(focus) && { onGo: () => focusPlace(focus) }),
      })),
      acted: playing.acted,
      elsewhere: player.isElsewhere(),
      holds: player.holds(),
      done: sayLesson(lesson, doneKey, player.values('now')),
    }
  }
}

/** Terms by name, with their place in the glossary, which opens over the lesson; none where the glossary cannot be had. */
function useTerms(ids: readonly string[] = NO_TERMS): readonly { name: string; href: string }[] {
  const route = useRoute()
  const [named, setNamed] = useState<ReturnType<typeof namedTerms>>([])
  useEffect(() => {
    let current = true
    const find = async () => {
      const glossary = await import('./glossary/named_terms.ts')
      await speakNewRooms()
      if (current) setNamed(glossary.namedTerms())
    }
    if (ids.length > 0) find().catch(() => {})
    return () => {
      current = false
    }
  }, [ids])
  return ids.flatMap((id) => {
    const term = named.find((one) => one.id === id)
    return term ? [{ name: term.say(), href: routeHash({ ...route, state: undefined, term: id }) }] : []
  })
}
const NO_TERMS: readonly string[] = []

/** How near an answer has to be, as it is written: a share in percent. */
function inUnit({ within, unit }: { within: number; unit?: '%' }): number {
  // 0.07 · 100 is 7.000000000000001.
  return unit === '%' ? Number((within * 100).toPrecision(6)) : within
}

/** A letter may be a key; three in a row are a text. */
const TYPED = 3

/** Presses as they are told: letters in a row as the text that they write. */
function pressed(presses: readonly string[]): LessonKeys['presses'] {
  const told: (readonly string[])[] = []
  for (let at = 0; at < presses.length; at++) {
    const rest = presses.slice(at)
    const end = rest.findIndex((press) => press.length > 1)
    const letters = end < 0 ? rest : rest.slice(0, end)
    if (letters.length < TYPED) {
      told.push(signsOfPress(presses[at] ?? ''))
    } else {
      told.push([letters.join('')])
      at += letters.length - 1
    }
  }
  return told
}

const none = { done: {} as Readonly<Record<string, readonly number[]>> }
const NO_PROGRESS = { getState: () => none, subscribe: () => () => {} }
