import { useSyncExternalStore } from 'react'
import type { Theme } from '../../viz/colour.ts'

const query = () => window.matchMedia('(prefers-color-scheme: dark)')

/** The theme the page shows now: `data-theme` on <html> when set, else the system's. Canvases redraw when it changes. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => 'light')
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'dark' || chosen === 'light') return chosen
  return query().matches ? 'dark' : 'light'
}

function subscribe(changed: () => void): () => void {
  const system = query()
  const attribute = new MutationObserver(changed)
  attribute.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  system.addEventListener('change', changed)
  return () => {
    attribute.disconnect()
    system.removeEventListener('change', changed)
  }
}
