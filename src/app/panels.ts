/** Parts of a lab that a link can leave out, on a page as in a lecture: `hide=input,tools`, or `present=map,readouts`. */

export const PANELS = ['input', 'strip', 'map', 'atlas', 'readouts', 'tools', 'lesson'] as const
export type Panel = (typeof PANELS)[number]

/** A projector shows what is read from the back row. With a lesson on, something is to be done, so that everything stays. */
const LEFT_OUT: readonly Panel[] = ['input', 'atlas', 'tools']

/** What is not shown: what the link says, or else what presenting leaves out. */
export function hiddenPanels({
  hidden,
  present,
  lesson,
}: {
  hidden?: readonly Panel[]
  present: boolean
  lesson?: object
}): readonly Panel[] {
  return hidden ?? (present && !lesson ? LEFT_OUT : [])
}

export function othersThan(panels: readonly Panel[]): readonly Panel[] {
  return PANELS.filter((panel) => !panels.includes(panel))
}

/** A list in a link. @returns the panels that it names, in the page's order, and the words that name none */
export function readPanels(list: string): { panels: readonly Panel[]; unknown: readonly string[] } {
  const names = list.split(',').filter((name) => name !== '')
  return {
    panels: PANELS.filter((panel) => names.includes(panel)),
    unknown: names.filter((name) => !PANELS.some((panel) => panel === name)),
  }
}
