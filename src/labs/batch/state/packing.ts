/**
 * Which sequences share a row: one-dimensional bin packing (Johnson 1973, "Near-optimal bin packing algorithms"; Johnson et al. 1974).
 * Lengths are whole numbers from 1 to `capacity`; rows come in the order in which they were opened, sequences in the order in which they
 * were put there.
 */

export const PACKINGS = [
  'next-fit',
  'first-fit',
  'best-fit',
  'first-fit-decreasing',
  'best-fit-decreasing',
  'exact',
] as const
export type Packing = (typeof PACKINGS)[number]

/** The exact search looks at every subset of the sequences. */
export const MOST_EXACT = 16

export type Rows = number[][]

/** @returns for each row the numbers of its sequences. `exact` is for at most MOST_EXACT of them. */
export function pack(packing: Packing, lengths: readonly number[], capacity: number): Rows {
  const given = lengths.map((_, i) => i)
  const byLength = () => given.toSorted((a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b)
  switch (packing) {
    case 'next-fit':
      return nextFit(lengths, given, capacity)
    case 'first-fit':
      return firstFit(lengths, given, capacity)
    case 'best-fit':
      return bestFit(lengths, given, capacity)
    case 'first-fit-decreasing':
      return firstFit(lengths, byLength(), capacity)
    case 'best-fit-decreasing':
      return bestFit(lengths, byLength(), capacity)
    case 'exact':
      return exact(lengths, capacity)
  }
}

/** No packing has fewer rows: ⌈Σ lengths / capacity⌉. */
export function fewestRows(lengths: readonly number[], capacity: number): number {
  return Math.ceil(lengths.reduce((sum, length) => sum + length, 0) / capacity)
}

/** Only the newest row is open. */
function nextFit(lengths: readonly number[], order: readonly number[], capacity: number): Rows {
  const rows: Rows = []
  let left = 0
  for (const i of order) {
    const length = lengths[i] as number
    if (rows.length === 0 || length > left) {
      rows.push([])
      left = capacity
    }
    rows.at(-1)?.push(i)
    left -= length
  }
  return rows
}

/** The oldest row with room: found in a tree of the most room in each half, in log n steps. */
function firstFit(lengths: readonly number[], order: readonly number[], capacity: number): Rows {
  const leaves = 2 ** Math.ceil(Math.log2(Math.max(1, order.length)))
  const most = new Int32Array(2 * leaves).fill(capacity) // a row that is not open yet is empty
  const rows: Rows = []
  for (const i of order) {
    const length = lengths[i] as number
    let node = 1
    while (node < leaves) node = (most[2 * node] as number) >= length ? 2 * node : 2 * node + 1
    const row = node - leaves
    rows[row] ??= []
    rows[row].push(i)
    most[node] = (most[node] as number) - length
    for (node >>= 1; node >= 1; node >>= 1) {
      most[node] = Math.max(most[2 * node] as number, most[2 * node + 1] as number)
    }
  }
  return rows
}

/** The row with the least room that is enough, of equals the oldest: rows wait in heaps by their room. */
function bestFit(lengths: readonly number[], order: readonly number[], capacity: number): Rows {
  const rows: Rows = []
  const byRoom: number[][] = Array.from({ length: capacity + 1 }, () => [])
  for (const i of order) {
    const length = lengths[i] as number
    let room = length
    while (room <= capacity && byRoom[room]?.length === 0) room++
    const row = room <= capacity ? takeLeast(byRoom[room] as number[]) : rows.push([]) - 1
    rows[row]?.push(i)
    put(byRoom[Math.min(room, capacity) - length] as number[], row)
  }
  return rows
}

/** Into a binary heap whose least is first. */
function put(heap: number[], value: number): void {
  let at = heap.push(value) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if ((heap[parent] as number) <= value) break
    heap[at] = heap[parent] as number
    at = parent
  }
  heap[at] = value
}

function takeLeast(heap: number[]): number {
  const least = heap[0] as number
  const last = heap.pop() as number
  if (heap.length === 0) return least
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++
    if ((heap[child] as number) >= last) break
    heap[at] = heap[child] as number
    at = child
  }
  heap[at] = last
  return least
}

/**
 * The fewest rows there can be. Over subsets: the fewest rows that hold one, and how full the last of them is at least; a sequence more
 * goes into that row or opens another (a sequence of dynamic programming after Held and Karp 1962).
 */
function exact(lengths: readonly number[], capacity: number): Rows {
  const n = lengths.length
  if (n > MOST_EXACT) throw new RangeError(`${n} sequences, at most ${MOST_EXACT}`)
  const subsets = 2 ** n
  const rows = new Uint8Array(subsets).fill(n + 1)
  const filled = new Float64Array(subsets)
  const last = new Int8Array(subsets).fill(-1)
  rows[0] = 0
  filled[0] = capacity // the first sequence opens a row
  for (let subset = 0; subset < subsets; subset++) {
    for (let i = 0; i < n; i++) {
      if (subset & (1 << i)) continue
      const length = lengths[i] as number
      const fits = (filled[subset] as number) + length <= capacity
      const count = (rows[subset] as number) + (fits ? 0 : 1)
      const level = fits ? (filled[subset] as number) + length : length
      const next = subset | (1 << i)
      const known = rows[next] as number
      if (count > known || (count === known && level >= (filled[next] as number))) continue
      rows[next] = count
      filled[next] = level
      last[next] = i
    }
  }
  const packed: Rows = []
  for (let subset = subsets - 1; subset > 0; ) {
    const i = last[subset] as number
    const before = subset & ~(1 << i)
    packed[(rows[subset] as number) - 1] ??= []
    packed[(rows[subset] as number) - 1]?.unshift(i)
    subset = before
  }
  return packed
}
