import { useEffect } from 'react'

/** What takes the focus by Tab; no text box, which would open a keyboard over a phone's screen. */
const STOPS = 'button, a[href], [tabindex], input[type=radio], input[type=checkbox], summary'
/** Beyond them nothing is near. */
const ROOMS = '[role=dialog], main, header, body'

/**
 * Where what has the focus goes away (a button that is not there for what it has made, a step of a lesson that is drawn anew), the
 * focus goes to the same control where there is one again, else to the next around it, and not to the top of the page: who works
 * by keyboard or is read to goes on from there (WCAG 2.4.3). A control that is disabled while it works has the focus again after.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: Element | null = null
    let around: Element[] = []
    let frame = 0
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return
      last = target
      around = ancestors(target)
    }
    // A press beside it lets it go on purpose.
    const onPointer = ({ target }: Event) => {
      if (!last?.contains(target as Node)) last = null
    }
    const isLost = () => last !== null && document.activeElement === document.body && !last.matches(':disabled')
    const keep = () => {
      frame = 0
      if (!last || !isLost()) return
      if (last instanceof HTMLElement && last.isConnected) last.focus({ preventScroll: true })
      else nearest(last, around)?.focus({ preventScroll: true })
    }
    let wasDisabled = false
    const changes = new MutationObserver(() => {
      const disabled = last?.matches(':disabled') ?? false
      const isBack = wasDisabled && !disabled
      wasDisabled = disabled
      // A frame later: who keeps the focus by itself, as dialogs and strips do, has done so.
      if (isLost() && (isBack || !last?.isConnected)) frame ||= requestAnimationFrame(keep)
    })
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
    window.addEventListener('focusin', onFocus)
    window.addEventListener('pointerdown', onPointer, { capture: true })
    return () => {
      cancelAnimationFrame(frame)
      changes.disconnect()
      window.removeEventListener('focusin', onFocus)
      window.removeEventListener('pointerdown', onPointer, { capture: true })
    }
  }, [])
}

function ancestors(element: Element): Element[] {
  const { parentElement } = element
  return parentElement ? [parentElement, ...ancestors(parentElement)] : []
}

/** @param around what `gone` stood in, from near to far */
function nearest(gone: Element, around: readonly Element[]): HTMLElement | undefined {
  const id = gone.getAttribute('data-testid')
  for (const place of around.filter((one) => one.isConnected)) {
    const stops = [...place.querySelectorAll<HTMLElement>(STOPS)].filter(isStop)
    const same = stops.find((one) => id !== null && one.getAttribute('data-testid') === id)
    if (same) return same
    if (place.matches(ROOMS)) return place.matches('main, [role=dialog]') ? (place as HTMLElement) : undefined
    // Where arrows walk, as in a strip, the stop is what was walked to.
    const found = stops.find((one) => one.getAttribute('tabindex') === '0') ?? stops[0]
    if (found) return found
  }
  return undefined
}

function isStop(element: HTMLElement): boolean {
  return element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility()
}
