import { useSyncExternalStore } from 'react'

/** Where input, strip, stage and read-outs share one screen; the same bound stands in styles/one_screen.css. */
const QUERY = '(width >= 75rem) and (height >= 40rem)'

/** Whether the lab fills the window, so that what it shows has a height to fit into. */
export function useOneScreen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(QUERY)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => matchMedia(QUERY).matches,
  )
}
