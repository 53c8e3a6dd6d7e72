import { useSyncExternalStore } from 'react'

/** Where the lab fills the window or a sheet of paper, and on a phone, where the map has its share of it; the bounds stand in one_screen.css, too. */
const QUERY = 'print, ((width >= 75rem) and (height >= 40rem)) or (width < 48rem)'

/** Whether the large map has a height to fit into. */
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
