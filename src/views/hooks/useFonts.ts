import { useSyncExternalStore } from 'react'

/** Counts up when fonts have loaded: canvases with text redraw then, as the browser does for the rest of the page. */
export function useFonts(): number {
  return useSyncExternalStore(
    subscribe,
    () => loaded,
    () => 0,
  )
}

let loaded = 0

function subscribe(changed: () => void): () => void {
  const count = () => {
    loaded++
    changed()
  }
  document.fonts.addEventListener('loadingdone', count)
  return () => document.fonts.removeEventListener('loadingdone', count)
}
