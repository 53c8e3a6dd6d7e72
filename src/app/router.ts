/**
 * The hash says which lab is open and how the page is shown: `#/text`, with a lab's state behind `s=`, the language behind
 * `lang=`, a lesson and its step (`lesson=separators.2`), a term of the glossary (`term=cls`), `present` for a projector, and panels that are left out
 * (`panels.ts`).
 */

import { useMemo, useSyncExternalStore } from 'react'
import { LABS } from '../labs/index.ts'
import { LANGUAGES, type Language } from '../words/languages.ts'
import { othersThan, type Panel, readPanels } from './panels.ts'

export interface Route extends Appearance {
  lab: string
  /** The encoded state of the lab, where the link carries one. */
  state?: string
  /** A lesson of the page's, by id, and its step from 0. */
  lesson?: { id: string; step: number }
  /** A term of the glossary, which is open at it. */
  term?: string
  /** What stands in the address and means nothing to the page: told once, and not written again. */
  unread?: readonly string[]
}

/** How the page is shown, whatever it shows. */
export interface Appearance {
  language?: Language
  /** Large type, keys of a clicker, and only the panels that are wanted. */
  present: boolean
  /** What the link leaves out. Absent: nothing, or what presenting leaves out. */
  hidden?: readonly Panel[]
  /** The room of another window of this browser, which this one follows. */
  follow?: string
  /** The room in which this window is followed: it keeps its own size of type, and shows what is for the lecturer. */
  lead?: string
  /** In a frame of another page, without header and footer. */
  embed?: boolean
  /** Origins of pages that may hold this frame and call it; their own origin always may. */
  parents?: readonly string[]
}

/** What a sentence puts round an address (a full stop, a bracket, quotes), as it is and as browsers encode it; none ends a link of ours. */
const AROUND = /(?:[.,;:!?)\]}>"'`*\u00bb\u201c\u201d\u2019]|%(?:22|27|29|2C|3E|5D|60|7D|C2%BB|E2%80%9[9CD]))+$/i
const ROOM = /^[a-z0-9]{4,40}$/

/** An unknown lab opens the first; what cannot be read is in `unread`. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').replace(AROUND, '').split('?')
  const route: Route = { lab: LABS.find(({ id }) => id === path)?.id ?? LABS[0].id, present: false }
  const unread = path === '' || path === route.lab ? [] : [path]
  for (const [name, value] of new URLSearchParams(query)) {
    const read = Object.hasOwn(READ, name) ? READ[name]?.(value) : undefined
    if (!read) unread.push(value === '' ? name : `${name}=${value}`)
    const { unread: part = [], ...change } = read ?? {}
    Object.assign(route, change)
    unread.push(...part.map((word) => `${name}=${word}`))
  }
  return { ...route, ...(unread.length > 0 && { unread }) }
}

/** By parameter what it says, or undefined where it says nothing that is known. */
const READ: Readonly<Record<string, (value: string) => Partial<Route> | undefined>> = {
  s: (state) => (state === '' ? undefined : { state }),
  lang(value) {
    const language = LANGUAGES.find((id) => id === value)
    return language && { language }
  },
  /** `separators.2` is the second step of that lesson. */
  lesson(value) {
    const [, id, step] = /^([a-z0-9-]{1,60})(?:\.(\d{1,3}))?$/.exec(value) ?? []
    return id === undefined ? undefined : { lesson: { id, step: Math.max(0, Number(step ?? 1) - 1) } }
  },
  term: (id) => (/^[a-z0-9-]{1,40}$/.test(id) ? { term: id } : undefined),
  present(value) {
    const { panels, unknown } = readPanels(value)
    return { present: true, unread: unknown, ...(panels.length > 0 && { hidden: othersThan(panels) }) }
  },
  hide(value) {
    const { panels, unknown } = readPanels(value)
    return { hidden: panels, unread: unknown }
  },
  follow: (room) => (ROOM.test(room) ? { follow: room } : undefined),
  lead: (room) => (ROOM.test(room) ? { lead: room } : undefined),
  embed: () => ({ embed: true }),
  parents(value) {
    const given = value.split(',')
    const parents = given.filter(isOrigin)
    return { parents, unread: given.filter((one) => !isOrigin(one)) }
  },
}

/** `https://example.org`: no path, and nothing that stands for many. */
function isOrigin(text: string): boolean {
  return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text
}

export function routeHash(route: Route): string {
  const { lab, state, language, lesson, term, present, hidden, follow, lead, embed, parents } = route
  const parameters = [
    language && `lang=${language}`,
    present && (hidden ? `present=${othersThan(hidden).join(',')}` : 'present'),
    !present && hidden && hidden.length > 0 && `hide=${hidden.join(',')}`,
    follow && `follow=${follow}`,
    lead && `lead=${lead}`,
    embed && 'embed',
    parents && parents.length > 0 && `parents=${parents.join(',')}`,
    lesson && `lesson=${lesson.id}${lesson.step > 0 ? `.${lesson.step + 1}` : ''}`,
    term && `term=${term}`,
    state && `s=${state}`,
  ].filter(Boolean)
  return `#/${lab}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`
}

/** The route that is shown now. */
export function currentRoute(): Route {
  return parseRoute(location.hash)
}

/** Opens a route; the way back leads to the one that is open now. */
export function openRoute(route: Route): void {
  location.hash = routeHash(route)
}

/** Opens a route in the place of this one: the way back leads past it. */
export function replaceRoute(route: Route): void {
  location.replace(routeHash(route))
}

const onWritten = new Set<() => void>()

/** Writes what is on screen into the address: nothing is opened, and the browser's history has no step of it. */
export function writeRoute(route: Route): void {
  history.replaceState(history.state, '', routeHash(route))
  for (const told of onWritten) told()
}

/** Calls whenever another route is opened; the browser tells nothing of what `writeRoute` writes. */
export function onOpened(open: () => void): () => void {
  window.addEventListener('hashchange', open)
  return () => window.removeEventListener('hashchange', open)
}

/** The address as it is, whether it was opened or written. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

function subscribe(changed: () => void): () => void {
  const ended = onOpened(changed)
  onWritten.add(changed)
  return () => {
    ended()
    onWritten.delete(changed)
  }
}
