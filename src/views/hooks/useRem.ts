import { useSyncExternalStore } from 'react'

/** The root's font size in CSS pixels: what is drawn by hand grows with it on a projector and on large screens. */
export function useRem(): number {
  return useSyncExternalStore(subscribe, rootSize)
}

function rootSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
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
