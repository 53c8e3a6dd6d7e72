/** Geometry of maps: cell sizes, which labels fit, which cells are in view. Lengths are CSS pixels. */

/** The range of cells at least partly inside a window onto `count` cells of `cell` pixels. */
export function cellsInView(
  scroll: number,
  view: number,
  cell: number,
  count: number,
): { first: number; last: number } {
  const first = Math.max(0, Math.min(count - 1, Math.floor(scroll / cell)))
  const last = Math.max(first, Math.min(count - 1, Math.ceil((scroll + view) / cell) - 1))
  return { first, last }
}

/** The cell size at which `count` cells fill `room`, within limits, whole pixels where they are large enough to show. */
export function fitCell(room: number, count: number, smallest: number, largest: number): number {
  const cell = Math.min(largest, Math.max(smallest, room / Math.max(1, count)))
  return cell >= 8 ? Math.floor(cell) : cell
}

/**
 * The labels that fit when each needs `need` pixels: the important ones first (special tokens), then the others from the
 * start, none closer than `need` to one already kept.
 * @returns indices in ascending order
 */
export function thinLabels(
  first: number,
  last: number,
  cell: number,
  need: number,
  important: (index: number) => boolean,
): number[] {
  const apart = Math.ceil(need / cell)
  if (apart <= 1) return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const blocked = new Uint8Array(last - first + 1)
  const kept: number[] = []
  const keep = (index: number) => {
    if (blocked[index - first]) return
    kept.push(index)
    const end = Math.min(last, index + apart - 1)
    for (let i = Math.max(first, index - apart + 1); i <= end; i++) blocked[i - first] = 1
  }
  for (let i = first; i <= last; i++) if (important(i)) keep(i)
  for (let i = first; i <= last; i++) keep(i)
  return kept.sort((a, b) => a - b)
}

/** Labels as `thinLabels` keeps them, and one more in the place of those too close to it. */
export function withLabel(labels: readonly number[], index: number, cell: number, need: number): number[] {
  const apart = Math.ceil(need / cell)
  return [...labels.filter((label) => Math.abs(label - index) >= apart), index].sort((a, b) => a - b)
}

/** Where cell `index` starts and ends on a canvas of whole device pixels, so that no hairlines show. */
export function snapped(index: number, cell: number, ratio: number): [start: number, end: number] {
  return [Math.round(index * cell * ratio), Math.round((index + 1) * cell * ratio)]
}
