import { useEffect, useRef } from 'react'
import { keyPressed, PICK_KEYS } from '../keys/tables.ts'
import { placeName } from './usePointed.ts'

/** What a press of the pointer begins and ends with: none of it may act while a part is chosen. */
const PRESSES = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'touchstart', 'touchend', 'click'] as const

export interface PickOptions {
  /** The part of the page that asks, and is none of what can be chosen. */
  outside: () => Element | null
  /** Whether a control in a part has a name of its own. */
  controls?: boolean
  onPick: (place: string) => void
  onCancel: () => void
}

/** While active, the next click, or Enter on what has the focus, chooses a part of the page by its name, and does nothing else. Esc ends it. */
export function usePick(active: boolean, options: PickOptions): void {
  const newest = useRef(options)
  newest.current = options
  useEffect(() => {
    if (!active) return
    let marked: Element | null = null
    const mark = (element: Element | null) => {
      marked?.removeAttribute('data-pick')
      marked = element
      marked?.setAttribute('data-pick', '')
    }
    const isOutside = (target: EventTarget | null) =>
      target instanceof Element && !newest.current.outside()?.contains(target)
    const choose = (target: Element) => {
      const place = placeName(target, newest.current)
      if (place) newest.current.onPick(place)
    }
    const press = (event: Event) => {
      if (!isOutside(event.target)) return
      event.stopImmediatePropagation()
      if (event.cancelable) event.preventDefault()
      if (event.type === 'click') choose(event.target as Element)
    }
    const key = (event: KeyboardEvent) => {
      const pressed = keyPressed(PICK_KEYS, event)
      if (pressed === 'cancel') {
        event.stopImmediatePropagation()
        newest.current.onCancel()
      } else if (pressed === 'choose' && isOutside(event.target)) {
        event.stopImmediatePropagation()
        event.preventDefault()
        choose(event.target as Element)
      }
    }
    const over = (event: Event) =>
      mark(isOutside(event.target) ? (event.target as Element).closest('[data-testid]') : null)
    for (const type of PRESSES) window.addEventListener(type, press, { capture: true, passive: false })
    window.addEventListener('keydown', key, true)
    window.addEventListener('pointerover', over, true)
    window.addEventListener('focusin', over, true)
    return () => {
      for (const type of PRESSES) window.removeEventListener(type, press, true)
      window.removeEventListener('keydown', key, true)
      window.removeEventListener('pointerover', over, true)
      window.removeEventListener('focusin', over, true)
      mark(null)
    }
  }, [active])
}
