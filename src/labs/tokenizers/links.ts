/** Which pieces of two columns share letters of the text. */

interface Span {
  start: number
  end: number
}

export interface Link extends Span {
  from: number
  to: number
}

/** Both lists in order; a walk through both at once. */
export function linksOf(left: readonly Span[], right: readonly Span[]): Link[] {
  const links: Link[] = []
  let first = 0
  for (const [from, a] of left.entries()) {
    while ((right[first]?.end ?? Number.POSITIVE_INFINITY) <= a.start) first++
    for (let to = first; (right[to]?.start ?? Number.POSITIVE_INFINITY) < a.end; to++) {
      const b = right[to] as Span
      const [start, end] = [Math.max(a.start, b.start), Math.min(a.end, b.end)]
      if (start < end) links.push({ from, to, start, end })
    }
  }
  return links
}
