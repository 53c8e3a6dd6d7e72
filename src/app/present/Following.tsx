import { useCallback, useEffect, useRef, useState } from 'react'
import { latest } from '../../engine/latest.ts'
import { Banner } from '../../views/shell/Banner.tsx'
import type { Pages } from '../pages.ts'
import { currentRoute, parseRoute, type Route, routeHash } from '../router.ts'
import { Blank } from './Blank.tsx'
import { presentKey } from './keys.ts'
import { type Follower, follow, type Shown } from './room.ts'
import { Spotlight } from './Spotlight.tsx'
import { t } from './words/words.ts'

export interface FollowingProps {
  pages: Pages
  room: string
  onProblem: (thrown: unknown) => void
}

/** The window on the projector: it shows what another one shows, and passes on what a clicker asks here. */
export default function Following({ pages, room, onProblem }: FollowingProps) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [alone, setAlone] = useState(false)
  const follower = useRef<Follower | null>(null)

  useEffect(() => {
    const showing = latest<Shown, void>(
      async (newest) => {
        await show(pages, room, newest, newest.visit !== visited)
        visited = newest.visit
      },
      () => {},
      onProblem,
    )
    let led = false
    let visited = 0
    const made = follow(
      room,
      (newest) => {
        led = true
        setShown(newest)
        showing.request(newest)
      },
      (isAlone) => {
        setAlone(isAlone)
        // Nobody has led it yet: it is a page like any other.
        if (isAlone && !led) pages.open(currentRoute()).catch(onProblem)
      },
    )
    follower.current = made
    return () => made.close()
  }, [pages, room, onProblem])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asked = presentKey(event)
      if (!asked || asked === 'leave') return
      event.preventDefault()
      if (asked !== 'full') follower.current?.command(asked)
      else document.documentElement.requestFullscreen().catch(() => {}) // a browser that refuses leaves it as it is
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const unblank = useCallback(() => follower.current?.command('blank'), [])

  return (
    <>
      {alone && <Banner tone="note" title={t('alone')} />}
      <Spotlight spot={shown?.spot ?? null} />
      {shown?.blank && !alone && <Blank onEnd={unblank} />}
    </>
  )
}

/** @param begins whether the leader has begun a step since, perhaps the one that is shown here already */
async function show(pages: Pages, room: string, { hash, answer }: Shown, begins: boolean): Promise<void> {
  const route: Route = parseRoute(hash)
  const here = routeHash({ ...route, state: undefined, follow: room })
  const { state: _, ...now } = currentRoute()
  if (here !== routeHash(now)) location.replace(here)
  await pages.follow(route, begins)
  const player = pages.store.getState().lessons?.store.getState().played?.player
  if (answer) player?.answer(answer)
  else player?.reconsider()
}
