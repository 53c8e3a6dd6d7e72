import { useEffect } from 'react'

/** What takes the focus in a part of the page. */
export const CONTROLS = 'button, input, select, textarea, a[href], [tabindex]'

/** The first part of the page with a test id, the n-th control in it (`mlm-rule 0`), or the n-th token of the strip (`token 3`). */
function placeOf(point: string): Element | null {
  const [name = '', number] = point.split(' ')
  if (name === 'token')
    return document.querySelectorAll('[data-testid="token-strip"] [data-testid="token"]')[Number(number)] ?? null
  const part = document.querySelector(`[data-testid="${CSS.escape(name)}"]`)
  return number === undefined ? part : (part?.querySelectorAll(CONTROLS)[Number(number)] ?? null)
}

/** Marks an element that is looked at, without covering it; views draw their parts anew, so that it is marked again whenever they do. */
export function usePointed(point: string | undefined): void {
  useEffect(() => {
    if (!point) return
    let marked: Element | null = null
    const mark = () => {
      const found = placeOf(point)
      if (found === marked) return
      marked?.removeAttribute('data-pointed')
      found?.setAttribute('data-pointed', '')
      marked = found
    }
    mark()
    const watch = new MutationObserver(mark)
    watch.observe(document.body, { childList: true, subtree: true })
    return () => {
      watch.disconnect()
      marked?.removeAttribute('data-pointed')
    }
  }, [point])
}
