/** The hash says which lab is open: `#/text`, `#/vision`, with a lab's state behind `?s=`. */

import { useMemo, useSyncExternalStore } from 'react'

export const LABS = [
  { id: 'text', name: 'Text', title: 'Text lab', href: '#/text' },
  { id: 'vision', name: 'Vision', title: 'Vision lab', href: '#/vision' },
] as const

export type LabId = (typeof LABS)[number]['id']

export interface Route {
  lab: LabId
  /** The encoded state of the lab, where the link carries one. */
  state?: string
}

/** An unknown hash opens the first lab. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const lab = LABS.find(({ id }) => id === path)?.id ?? 'text'
  const state = new URLSearchParams(query).get('s')
  return state ? { lab, state } : { lab }
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}
