/**
 * A window that is followed by others of the same browser, through a BroadcastChannel: nothing leaves the machine. What is shown
 * goes one way, so that nothing comes back as an echo: a follower asks for it when it comes, and passes on what a clicker asks there.
 */

import type { Answer } from '../../state/lesson/player.ts'

/** What the followers show. */
export interface Shown {
  /** The route's hash: lab, state, lesson and step, panels. */
  hash: string
  blank: boolean
  /** What the light is on (`spot.ts`). */
  spot: readonly number[] | null
  /** How often a step of the lesson was begun. */
  visit: number
  answer: Answer | null
}

export const COMMANDS = ['next', 'back', 'blank', 'spot', 'timer'] as const
export type Command = (typeof COMMANDS)[number]

type Message = { kind: 'hello' } | { kind: 'shown'; shown: Shown } | { kind: 'command'; command: Command }

/** The locks that a leader, and each follower, holds as long as its window lives. */
const lockOf = (room: string) => `clsroom-lead-${room}`
const followersLockOf = (room: string) => `clsroom-follow-${room}`

/** A window that is loaded anew is back by then. */
const RETURN_MS = 10_000

export interface Leader {
  /** Tells the followers, unless they show it already. */
  show(shown: Shown): void
  close(): void
}

/** @param onLeft told when the last follower is gone */
export function lead(room: string, onCommand: (command: Command) => void, onLeft: () => void): Leader {
  const channel = new BroadcastChannel(`clsroom-${room}`)
  const closing = new AbortController()
  let newest: string | null = null
  const post = (message: Message) => channel.postMessage(message)
  // Followers are told when the lock is free: this window is closed, or has crashed.
  navigator.locks
    .request(lockOf(room), { mode: 'shared', signal: closing.signal }, () => closed(closing.signal))
    .catch(() => {}) // closed before it was its turn
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'command') onCommand(data.command)
    if (data.kind === 'hello') {
      if (newest) post({ kind: 'shown', shown: JSON.parse(newest) as Shown })
      watchFollowers()
    }
  }

  let leaving: ReturnType<typeof setTimeout> | undefined
  /** The lock is had when no follower holds it any more. */
  function watchFollowers(): void {
    clearTimeout(leaving)
    navigator.locks
      .request(followersLockOf(room), { signal: closing.signal }, () => {
        clearTimeout(leaving)
        leaving = setTimeout(onLeft, RETURN_MS)
      })
      .catch(() => {}) // closed before they were gone
  }
  return {
    show(shown) {
      const told = JSON.stringify(shown)
      if (told === newest) return
      newest = told
      post({ kind: 'shown', shown })
    },
    close() {
      clearTimeout(leaving)
      closing.abort()
      channel.close()
    },
  }
}

const closed = (signal: AbortSignal) =>
  new Promise<void>((done) => {
    signal.addEventListener('abort', () => done())
  })

export interface Follower {
  command(command: Command): void
  close(): void
}

/** @param onAlone told whether nobody leads (any more) */
export function follow(room: string, onShown: (shown: Shown) => void, onAlone: (alone: boolean) => void): Follower {
  const channel = new BroadcastChannel(`clsroom-${room}`)
  const closing = new AbortController()
  let watched = false
  const post = (message: Message) => channel.postMessage(message)

  /** The lock is had where nobody leads, and when the leader is gone. */
  function watchLeader(): void {
    if (watched) return
    watched = true
    navigator.locks
      .request(lockOf(room), { signal: closing.signal }, () => {
        watched = false
        onAlone(true)
      })
      .catch(() => {}) // this window is closed first
  }

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind !== 'shown') return
    onAlone(false)
    watchLeader()
    onShown(data.shown)
  }
  // It says that it is here once it holds its lock: who hears it waits for the lock.
  navigator.locks
    .request(followersLockOf(room), { mode: 'shared', signal: closing.signal }, () => {
      post({ kind: 'hello' })
      return closed(closing.signal)
    })
    .catch(() => {}) // closed before it was its turn
  watchLeader()
  return {
    command: (command) => post({ kind: 'command', command }),
    close() {
      closing.abort()
      channel.close()
    },
  }
}
