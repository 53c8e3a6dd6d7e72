import { useSyncExternalStore } from 'react'
import { COLOUR_MAPS, type Shade, type Theme } from '../../viz/colour.ts'
import { ON_PAPER } from './useSize.ts'

const query = () => window.matchMedia('(prefers-color-scheme: dark)')

/**
 * How the page shows values now: `data-theme` on <html> when set, else the system's; paper is white. With the colours of
 * `data-map`. Canvases redraw when it changes.
 */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => 'light')
}

function current(): Theme {
  const chosen = COLOUR_MAPS.find((map) => map === document.documentElement.dataset.map)
  return chosen ? `${shade()} ${chosen}` : shade()
}

function shade(): Shade {
  const root = document.documentElement
  if (root.hasAttribute(ON_PAPER)) return 'light'
  const chosen = root.dataset.theme
  if (chosen === 'dark' || chosen === 'light') return chosen
  return query().matches ? 'dark' : 'light'
}

function subscribe(changed: () => void): () => void {
  const system = query()
  const attribute = new MutationObserver(changed)
  attribute.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-map', ON_PAPER] })
  system.addEventListener('change', changed)
  return () => {
    attribute.disconnect()
    system.removeEventListener('change', changed)
  }
}
