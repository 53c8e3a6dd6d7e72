import { useEffect } from 'react'

/** Where a lesson points: a part of the page by its test id, or the n-th token of the strip (`token 3`, from 0). */
export function pointedElement(point: string): Element | null {
  const token = /^token (\d+)$/.exec(point)
  if (token)
    return document.querySelectorAll('[data-testid="token-strip"] [data-testid="token"]')[Number(token[1])] ?? null
  return document.querySelector(`[data-testid="${CSS.escape(point)}"]`)
}

/** Marks an element that is looked at, without covering it; views draw their parts anew, so that it is marked again whenever they do. */
export function usePointed(point: string | undefined): void {
  useEffect(() => {
    if (!point) return
    let marked: Element | null = null
    const mark = () => {
      const found = pointedElement(point)
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
