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

/** Whether a place is in a menu: that has the focus while it is open, and is closed when it loses it. */
export function isInMenu(place: string): boolean {
  return /-menu( |$)/.test(place)
}

/** Gives a place of the page the focus, and shows that it has it, however that was asked for. */
export function focusPlace(place: string): void {
  const found = placeOf(place)
  if (found instanceof HTMLElement || found instanceof SVGElement) found.focus({ focusVisible: true })
}

/** What a test id, and a number behind it, may be in a lesson. */
const ID = /^[a-z][a-z0-9-]{0,59}$/
const MOST_CONTROLS = 100

/**
 * The name by which `placeOf` finds an element again, or the nearest part around it that has one; null where there is none.
 * @param controls whether a control in a part has a name of its own, its number
 */
export function placeName(element: Element, { controls = false } = {}): string | null {
  const tokens = [...document.querySelectorAll('[data-testid="token-strip"] [data-testid="token"]')]
  const token = tokens.findIndex((one) => one.contains(element))
  if (token >= 0) return `token ${token}`
  const control = controls ? element.closest(CONTROLS) : null
  for (let part = element.closest('[data-testid]'); part; part = part.parentElement?.closest('[data-testid]') ?? null) {
    const id = part.getAttribute('data-testid') ?? ''
    if (!ID.test(id) || placeOf(id) !== part) continue
    if (!control || control === part || !part.contains(control)) return id
    const number = [...part.querySelectorAll(CONTROLS)].indexOf(control)
    if (number < MOST_CONTROLS) return `${id} ${number}`
  }
  return null
}

/** Every part of the page that can be pointed at, with what it is called on the page. @param outside what is no part of it */
export function placesOnPage(outside: Element | null): { place: string; name: string }[] {
  const places = new Map<string, Element>()
  for (const element of document.querySelectorAll('main [data-testid]')) {
    const id = element.getAttribute('data-testid') ?? ''
    // Tokens are counted: which one is meant is told by picking it.
    if (id !== 'token' && ID.test(id) && !places.has(id) && !outside?.contains(element)) places.set(id, element)
  }
  return [...places].flatMap(([place, element]) => (isSeen(element) ? [{ place, name: nameOf(element) }] : []))
}

const LONGEST_NAME = 40

function nameOf(element: Element): string {
  const labelled = document.getElementById(element.getAttribute('aria-labelledby') ?? '')
  const spoken = element.querySelector(':scope > .sr-only')
  const heading = element.querySelector('h2, h3, legend, label')
  const name = element.getAttribute('aria-label') ?? (labelled ?? spoken ?? heading ?? element).textContent ?? ''
  return name.trim().replace(/\s+/g, ' ').slice(0, LONGEST_NAME)
}

function isSeen(element: Element): boolean {
  return element.getClientRects().length > 0
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
