/** What the light falls on: a part of the lab, by its way down from the lab's root, which is the same in every window that shows it. */

const LIT =
  '[data-testid=token], [data-testid=head], .readout, .panel, .lab-strip > *, .lab-input, .change-line, .drawer, .lesson-question, .lesson-act, .lesson'

/** @returns the places among the children on the way down, or null where nothing of the page's is */
export function spotOf(target: EventTarget | null, root: Element): number[] | null {
  let at = target instanceof Element ? target.closest(LIT) : null
  if (!at || !root.contains(at)) return null
  const way: number[] = []
  for (let parent = at.parentElement; at !== root && parent; parent = at.parentElement) {
    way.unshift([...parent.children].indexOf(at))
    at = parent
  }
  return way
}

export function lit(spot: readonly number[], root: Element): Element | null {
  return spot.reduce<Element | null>((at, child) => at?.children[child] ?? null, root)
}
