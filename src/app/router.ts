/**
 * The hash says which lab is open and how the page is shown: `#/text`, with a lab's state behind `s=`, the language behind
 * `lang=`, a lesson and its step (`lesson=separators.2`), a term of the glossary (`term=cls`), and `present` for a projector.
 */

import { useMemo, useSyncExternalStore } from 'react'
import { LABS } from '../labs/index.ts'
import { LANGUAGES, type Language } from '../words/languages.ts'

export interface Route {
  lab: string
  /** The encoded state of the lab, where the link carries one. */
  state?: string
  language?: Language
  /** A lesson of the page's, by id, and its step from 0. */
  lesson?: { id: string; step: number }
  /** A term of the glossary, which is open at it. */
  term?: string
  /** Large type, and nothing but strip, stage and read-outs. */
  present: boolean
}

/** What a sentence puts round an address (a full stop, a bracket, quotes), as it is and as browsers encode it; none ends a link of ours. */
const AROUND = /(?:[.,;:!?)\]}>"'`*\u00bb\u201c\u201d\u2019]|%(?:22|27|29|2C|3E|5D|60|7D|C2%BB|E2%80%9[9CD]))+$/i

/** An unknown hash opens the first lab. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').replace(AROUND, '').split('?')
  const lab = LABS.find(({ id }) => id === path)?.id ?? LABS[0].id
  const parameters = new URLSearchParams(query)
  const state = parameters.get('s')
  const language = LANGUAGES.find((id) => id === parameters.get('lang'))
  const lesson = lessonOf(parameters.get('lesson'))
  const term = /^[a-z0-9-]{1,40}$/.exec(parameters.get('term') ?? '')?.[0]
  return {
    lab,
    present: parameters.has('present'),
    ...(state && { state }),
    ...(language && { language }),
    ...(lesson && { lesson }),
    ...(term && { term }),
  }
}

/** `separators.2` is the second step of that lesson. */
function lessonOf(parameter: string | null): Route['lesson'] {
  const [, id, step] = /^([a-z0-9-]{1,60})(?:\.(\d{1,3}))?$/.exec(parameter ?? '') ?? []
  return id === undefined ? undefined : { id, step: Math.max(0, Number(step ?? 1) - 1) }
}

export function routeHash({ lab, state, language, lesson, term, present }: Route): string {
  const parameters = [
    language && `lang=${language}`,
    present && 'present',
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

/** Shows another route; the way back leads to this one. */
export function go(change: Partial<Route>): void {
  const { lab, language, present } = currentRoute()
  location.hash = routeHash({ lab, language, present, ...change })
}

/** Writes a route into the address without a step of the browser's history. */
export function writeRoute(route: Route): void {
  history.replaceState(null, '', routeHash(route))
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}
