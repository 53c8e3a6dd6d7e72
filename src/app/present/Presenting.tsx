import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { lazyPart } from '../../labs/shared/lazy_part.ts'
import { useLab } from '../../labs/shared/useLab.ts'
import type { LessonPlayer } from '../../state/lesson/player.ts'
import { encodeLink } from '../../state/permalink.ts'
import { useAnnouncer } from '../../views/hooks/useAnnouncer.tsx'
import { ActionMenu } from '../../views/primitives/ActionMenu.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { SignButton } from '../../views/primitives/SignButton.tsx'
import type { PlayedLesson } from '../lessons.ts'
import type { OpenedLab } from '../opened_lab.ts'
import type { Pages } from '../pages.ts'
import { hiddenPanels, othersThan, PANELS, type Panel } from '../panels.ts'
import { currentRoute, type Route, routeHash } from '../router.ts'
import { Blank } from './Blank.tsx'
import { presentKey } from './keys.ts'
import { endLecture, lecture } from './lecture.ts'
import { exampleAt, move } from './move.ts'
import { Notes } from './Notes.tsx'
import { type Command, type Leader, lead } from './room.ts'
import { Spotlight } from './Spotlight.tsx'
import { spotOf } from './spot.ts'
import { clock, elapsed, RESET, type Timer, toggled } from './timer.ts'
import { t } from './words/words.ts'

const Share = lazyPart(
  () => import('../share/Share.tsx'),
  ({ onClose }) => onClose(),
)

/** What is told to the followers at most this often. */
const TOLD_EVERY_MS = 60

export interface PresentingProps {
  pages: Pages
  opened: OpenedLab | undefined
  route: Route
  played: PlayedLesson | null
}

/** At the foot of the page while it is presented: keys, and a bar with what they do. */
export default function Presenting({ pages, opened, route, played }: PresentingProps) {
  const { region, say } = useAnnouncer()
  const { blank, spot, timer } = useLab(lecture)
  useSpot(spot !== undefined)
  const [panelsAt, setPanelsAt] = useState<Element | null>(null)
  const [sharing, setSharing] = useState(false)
  const [blocked, setBlocked] = useState<string | null>(null)
  const hidden = hiddenPanels(route)

  const unblank = useCallback(() => {
    lecture.setState({ blank: false })
    say(t('blank.off'))
  }, [say])
  const does: Record<Command, () => void> = {
    next: () => void move(pages, 1),
    back: () => void move(pages, -1),
    blank: () => (blank ? unblank() : lecture.setState({ blank: true })),
    spot: () => lecture.setState({ spot: spot === undefined ? null : undefined }),
    timer: () => lecture.setState({ timer: toggled(timer, Date.now()) }),
  }
  // Drawn anew in another language, the page presents on.
  useEffect(() => () => void (currentRoute().present || endLecture()), [])
  const leave = () => pages.appear({ present: false, hidden: undefined, lead: undefined, follow: undefined })
  const onKey = useRef<(event: KeyboardEvent) => void>(() => {})
  onKey.current = (event) => {
    const asked = presentKey(event)
    if (!asked) return
    event.preventDefault()
    if (asked === 'leave') leave()
    else if (asked === 'full') toggleFullScreen()
    else does[asked]()
  }
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => onKey.current(event)
    window.addEventListener('keydown', onDown)
    return () => window.removeEventListener('keydown', onDown)
  }, [])

  const leader = useLeader(
    route.lead,
    (command) => does[command](),
    () => {
      pages.appear({ lead: undefined })
      say(t('second.closed'))
    },
  )
  useTold(leader, { opened, played, route, blank, spot: spot ?? null })

  const show = (panel: Panel, on: boolean) => {
    const shown = PANELS.filter((one) => (one === panel ? on : !hidden.includes(one)))
    // A lecture shows something: the panel of lessons does while one plays.
    if (shown.some((one) => one !== 'lesson' || played)) pages.appear({ hidden: othersThan(shown) })
  }
  const openSecond = () => {
    const room = crypto.randomUUID().replaceAll('-', '').slice(0, 12)
    const address =
      location.href.split('#')[0] + routeHash({ ...route, state: undefined, lesson: undefined, hidden, follow: room })
    const opens = window.open(address, '_blank', 'popup,width=1280,height=720')
    setBlocked(opens ? null : address)
    pages.appear({ lead: room })
  }

  return (
    <section className="present-bar" aria-label={t('bar')} data-testid="present-bar">
      {region}
      {route.lead && played && <Notes played={played} />}
      {blocked && (
        <p role="alert">
          {t('second.blocked')}{' '}
          <a href={blocked} target="_blank" rel="noreferrer">
            {blocked}
          </a>
        </p>
      )}
      <div className="present-tools">
        <Button small data-testid="present-back" onClick={does.back}>
          {t('back')}
        </Button>
        <Button small look="main" data-testid="present-next" onClick={does.next}>
          {t('next')}
        </Button>
        {played ? <StepPlace player={played.player} /> : <ExamplePlace pages={pages} opened={opened} />}
        <Clock timer={timer} minutes={played?.player.store.getState().lesson.minutes} onToggle={does.timer} />
        <SignButton sign="↺" name={t('timer.reset')} onClick={() => lecture.setState({ timer: RESET })} />
        <Button
          small
          aria-haspopup="menu"
          aria-expanded={panelsAt !== null}
          data-testid="present-panels"
          onClick={(event) => setPanelsAt(event.currentTarget)}
        >
          {t('panels')}
        </Button>
        <ActionMenu
          label={t('panels')}
          anchor={panelsAt}
          groups={[
            {
              title: t('panels'),
              choices: PANELS.map((panel) => ({ id: panel, label: t(`panel.${panel}`) })),
              ticked: PANELS.filter((panel) => !hidden.includes(panel)),
            },
          ]}
          onChoose={(panel) => show(panel as Panel, hidden.includes(panel as Panel))}
          onClose={() => setPanelsAt(null)}
          testId="present-panels-menu"
        />
        <Button small aria-pressed={blank} data-testid="present-blank" onClick={does.blank}>
          {t('blank')}
        </Button>
        <Button small aria-pressed={spot !== undefined} data-testid="present-spot" onClick={does.spot}>
          {t('spot')}
        </Button>
        {route.lead ? (
          <Button small data-testid="present-second" onClick={() => pages.appear({ lead: undefined })}>
            {t('second.end')}
          </Button>
        ) : (
          <Button small data-testid="present-second" title={t('second.hint')} onClick={openSecond}>
            {t('second')}
          </Button>
        )}
        <Button small look="quiet" aria-haspopup="dialog" data-testid="present-share" onClick={() => setSharing(true)}>
          {t('qr')}
        </Button>
        {document.fullscreenEnabled && (
          <Button small look="quiet" onClick={toggleFullScreen}>
            {t('full')}
          </Button>
        )}
        <Button small look="quiet" data-testid="present" onClick={leave}>
          {t('end')}
        </Button>
      </div>
      <Suspense>{sharing && <Share pages={pages} onClose={() => setSharing(false)} />}</Suspense>
      {!route.lead && <Spotlight spot={spot ?? null} />}
      {blank && !route.lead && <Blank onEnd={unblank} />}
    </section>
  )
}

function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  // A browser that refuses leaves the page as it is, which is what is seen.
  else document.documentElement.requestFullscreen().catch(() => {})
}

function StepPlace({ player }: { player: LessonPlayer }) {
  const { lesson, step } = useLab(player.store)
  return <span data-testid="present-place">{t('place.step', { at: step + 1, of: lesson.steps.length })}</span>
}

function ExamplePlace({ pages, opened }: { pages: Pages; opened: OpenedLab | undefined }) {
  useLab<unknown>(opened?.lab.store ?? NOTHING)
  const { at, examples } = exampleAt(pages, opened)
  return (
    <span data-testid="present-place">
      {examples.length > 0 && t('place.example', { at: at + 1, of: examples.length })}
    </span>
  )
}

interface ClockProps {
  timer: Timer
  minutes: number | undefined
  onToggle: () => void
}

function Clock({ timer, minutes, onToggle }: ClockProps) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    setNow(Date.now())
    if (timer.since === null) return
    const ticking = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(ticking)
  }, [timer])
  const passed = clock(Math.max(0, elapsed(timer, now)))
  const label = t(timer.since === null ? 'timer.start' : 'timer.stop')
  return (
    <Button small title={label} aria-pressed={timer.since !== null} data-testid="present-timer" onClick={onToggle}>
      <span className="sr-only">{label} </span>
      <span className="mono">{minutes === undefined ? passed : t('timer.said', { elapsed: passed, minutes })}</span>
    </Button>
  )
}

/** The light follows the pointer and the focus. */
function useSpot(on: boolean): void {
  useEffect(() => {
    const main = document.getElementById('main')
    if (!on || !main) return
    const follow = ({ target }: Event) => {
      const next = spotOf(target, main)
      if (next && String(lecture.getState().spot) !== String(next)) lecture.setState({ spot: next })
    }
    main.addEventListener('pointerover', follow)
    main.addEventListener('focusin', follow)
    const pointed = main.querySelector(':hover')
    if (pointed) follow({ target: [...main.querySelectorAll(':hover')].at(-1) ?? pointed } as unknown as Event)
    return () => {
      main.removeEventListener('pointerover', follow)
      main.removeEventListener('focusin', follow)
    }
  }, [on])
}

function useLeader(room: string | undefined, onCommand: (command: Command) => void, onLeft: () => void): Leader | null {
  const [leader, setLeader] = useState<Leader | null>(null)
  const newest = useRef({ onCommand, onLeft })
  newest.current = { onCommand, onLeft }
  useEffect(() => {
    if (!room) return
    const made = lead(
      room,
      (command) => newest.current.onCommand(command),
      () => newest.current.onLeft(),
    )
    setLeader(made)
    return () => {
      made.close()
      setLeader(null)
    }
  }, [room])
  return leader
}

interface Told {
  opened: OpenedLab | undefined
  played: PlayedLesson | null
  route: Route
  blank: boolean
  spot: readonly number[] | null
}

/** Keeps the followers at what is shown here. */
function useTold(leader: Leader | null, { opened, played, route, blank, spot }: Told): void {
  const hidden = hiddenPanels(route)
  const shown = JSON.stringify(hidden)
  useEffect(() => {
    if (!leader || !opened) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      timer = undefined
      const link = opened.lab.link()
      if (!link) return
      const playing = played?.kind === 'course' ? played.player.store.getState() : undefined
      leader.show({
        hash: routeHash({
          lab: opened.definition.id,
          present: true,
          hidden: JSON.parse(shown) as Panel[],
          language: route.language,
          state: encodeLink(opened.parts.format, link),
          ...(playing && { lesson: { id: playing.lesson.id, step: playing.step } }),
        }),
        blank,
        spot,
        visit: playing?.visit ?? 0,
        answer: playing?.answer ?? null,
      })
    }
    const soon = () => {
      timer ??= setTimeout(tell, TOLD_EVERY_MS)
    }
    soon()
    const unwatch = [opened.lab.store, played?.player.store].map((store) => store?.subscribe(soon))
    return () => {
      clearTimeout(timer)
      for (const end of unwatch) end?.()
    }
  }, [leader, opened, played, shown, route.language, blank, spot])
}

const nothing = {}
const NOTHING: Pick<StoreApi<unknown>, 'getState' | 'subscribe'> = {
  getState: () => nothing,
  subscribe: () => () => {},
}
