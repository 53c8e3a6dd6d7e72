/** Until then a lab that is fetched, or its model, may be on its way. */
const PATIENCE_MS = 20_000

/** Gives the focus to what a command opened, once it is there, unless the reader went on to something else meanwhile. */
export function focusOn(selector: string): void {
  const until = performance.now() + PATIENCE_MS
  let left: Element | null = null
  const look = () => {
    const element = document.querySelector<HTMLElement>(selector)
    const { activeElement } = document
    if (left && activeElement !== left && activeElement !== document.body) return
    if (!element) {
      left = activeElement
      if (performance.now() < until) requestAnimationFrame(look)
      return
    }
    if (element.contains(activeElement)) return
    if (element.tabIndex < 0) element.tabIndex = -1
    element.focus()
  }
  // The sheet that closes gives the focus back to where it was, first.
  requestAnimationFrame(() => requestAnimationFrame(look))
}
