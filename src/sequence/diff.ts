/** Above this many cells the middle is taken as rewritten: a table of 2000 × 2000 still fills within a keystroke. */
const LARGEST_TABLE = 4_000_000

/**
 * A longest common subsequence (Wagner & Fischer 1974) after common ends are matched: typing changes a short middle, so
 * the quadratic table is small.
 * @returns for each element of `after`, the index of its partner in `before`, or −1; partners increase
 */
export function commonSubsequence(before: readonly number[], after: readonly number[]): number[] {
  const partner = new Array<number>(after.length).fill(-1)
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) {
    partner[head] = head
    head++
  }
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail++
    partner[after.length - tail] = before.length - tail
  }
  const rows = before.length - head - tail
  const columns = after.length - head - tail
  if (rows * columns > LARGEST_TABLE) return partner

  // longest[i, j]: the length of the longest common subsequence of the middles from i and j on
  const width = columns + 1
  const longest = new Uint16Array((rows + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] as number
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const same = before[head + i] === after[head + j]
      longest[i * width + j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (before[head + i] === after[head + j]) partner[head + j++] = head + i++
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return partner
}
