import { useSyncExternalStore } from 'react'

/** The root's font size in CSS pixels: what is drawn by hand grows with it on a projector and on large screens. */
export function useRem(): number {
  return useSyncExternalStore(subscribe, rootSize)
}

/** The size of a map's labels in CSS pixels: as `.map-label` in the styles has it. */
export function useLabelSize(): number {
  return useSyncExternalStore(subscribe, labelSize)
}

function rootSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

function labelSize(): number {
  const least = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--least'))
  return Math.max(least, 0.875) * rootSize()
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-present'] })
  window.addEventListener('resize', changed)
  return () => {
    observer.disconnect()
    window.removeEventListener('resize', changed)
  }
}
