/** Prices as people bring them: a table of dates × assets as CSV, checked, in order and without gaps; what was done to it is told. */

import { ClsroomError } from '../../core/errors.ts'

export interface PriceTable {
  /** ISO, rising. */
  dates: readonly string[]
  assets: readonly string[]
  /** [dates][assets], all above 0. */
  prices: readonly Float64Array[]
  /** What was done to the table as it was brought. */
  notes: readonly PriceNote[]
}

export type PriceNote =
  /** So many rows stood before an older one. */
  | { type: 'sorted'; rows: number }
  /** Gaps take the last price before them: nothing that came later. */
  | { type: 'filled'; cells: number; assets: string[] }
  /** Its prices begin later than the table. */
  | { type: 'late'; asset: string; first: string }
  /** More than a few days in a row have no price. */
  | { type: 'gap'; asset: string; days: number; from: string }
  /** No price is unlike the one before. */
  | { type: 'constant'; assets: string[] }

export const MOST_ASSETS = 1000
export const MOST_DAYS = 20_000
/** Of a file. */
export const MOST_CHARACTERS = 20_000_000
/** An asset without a price for more days than a holiday week has is not followed through. */
export const LONGEST_GAP = 5

const GAP = /^(|-|–|na|n\/a|nan|null|none|#n\/a)$/i

/** @throws ClsroomError `input` that says where the table is no table of prices */
export function parsePrices(text: string): PriceTable {
  if (text.length > MOST_CHARACTERS) throw tooLarge(`${text.length} characters`, `at most ${MOST_CHARACTERS}`)
  const rows = cellsOf(text)
  const [head, ...body] = rows
  if (!head || body.length === 0) {
    throw new ClsroomError('input', 'There are no prices in this table', {
      found: head ? 'one line' : 'nothing',
      expected: 'a line of names, and a line of prices for each day',
      advice: FORM,
    })
  }
  const assets = namesOf(head.cells)
  if (assets.length > MOST_ASSETS) throw tooLarge(`${assets.length} assets`, `at most ${MOST_ASSETS}`)
  if (body.length > MOST_DAYS) throw tooLarge(`${body.length} days`, `at most ${MOST_DAYS}`)
  for (const { cells, line } of body) {
    if (cells.length === head.cells.length) continue
    throw new ClsroomError('input', 'A line of the table has more or fewer cells than the first', {
      found: `${cells.length} in line ${line}`,
      expected: String(head.cells.length),
      advice: 'Check that line for a missing or a surplus separator',
    })
  }
  const readDate = dateReader(body.map(({ cells, line }) => ({ text: cells[0] as string, line })))
  const decimalComma = head.separator !== ','
  const days = body.map(({ cells, line }) => ({
    date: readDate(cells[0] as string, line),
    line,
    prices: Float64Array.from(assets, (asset, a) => priceOf(cells[a + 1] as string, { asset, line, decimalComma })),
  }))
  const { sorted, moved } = inOrder(days)
  return withoutGaps(
    sorted.map(({ date }) => date),
    assets,
    sorted.map(({ prices }) => prices),
    moved > 0 ? [{ type: 'sorted', rows: moved }] : [],
  )
}

/** Days ahead of `day` and behind it are not looked at: what is known on that day alone. */
export function upTo(table: PriceTable, day: number): PriceTable {
  return { ...table, dates: table.dates.slice(0, day + 1), prices: table.prices.slice(0, day + 1) }
}

const FORM = 'The first column holds dates such as 2024-05-31, every other one the prices of an asset under its name'

function tooLarge(found: string, expected: string): ClsroomError {
  return new ClsroomError('input', 'The table of prices is too large', {
    found,
    expected,
    advice: 'Leave out assets or the oldest days: a day’s answer needs the last half year only',
  })
}

interface Line {
  cells: string[]
  /** From 1, as editors count. */
  line: number
  separator: string
}

/** RFC 4180 with commas, semicolons or tabs, whichever the first line has most of; empty lines are left out. */
function cellsOf(text: string): Line[] {
  const clean = text.replace(/^\uFEFF/, '')
  const first = clean.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  const counts = [',', ';', '\t'].map((separator) => ({ separator, count: first.split(separator).length }))
  const { separator } = counts.reduce((most, one) => (one.count > most.count ? one : most))
  const lines: Line[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let began = 1
  const endLine = () => {
    cells.push(cell)
    if (cells.some((value) => value.trim() !== '')) {
      lines.push({ cells: cells.map((value) => value.trim()), line: began, separator })
    }
    cells = []
    cell = ''
  }
  for (let i = 0; i < clean.length; i++) {
    const sign = clean[i] as string
    if (sign === '\n') line++
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (clean[i + 1] === '"') cell += clean[++i]
      else quoted = false
    } else if (sign === '"' && cell.trim() === '') quoted = true
    else if (sign === separator) {
      cells.push(cell)
      cell = ''
    } else if (sign === '\n') {
      endLine()
      began = line
    } else if (sign !== '\r') cell += sign
  }
  endLine()
  return lines
}

/** @throws ClsroomError `input` where the first line names no asset, or two alike */
function namesOf([_, ...names]: string[]): string[] {
  if (names.length === 0) {
    throw new ClsroomError('input', 'The table of prices has no asset', {
      found: 'one column',
      expected: 'dates, and a column for each asset',
      advice: FORM,
    })
  }
  const bad = names.findIndex((name) => name === '' || Number.isFinite(Number(name)))
  if (bad >= 0) {
    throw new ClsroomError('input', 'The first line of the table does not name its columns', {
      found: names[bad] === '' ? `no name in column ${bad + 2}` : `${names[bad]} in column ${bad + 2}`,
      expected: 'the name of an asset',
      advice: FORM,
    })
  }
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice === undefined) return names
  throw new ClsroomError('input', 'Two columns of the table have the same name', {
    found: twice.slice(0, 60),
    expected: 'a name of its own for each asset',
  })
}

/** Any of these reads a date, from the most certain; days and months with strokes are told apart by all rows together. */
function dateReader(cells: readonly { text: string; line: number }[]): (text: string, line: number) => string {
  const strokes = cells.flatMap(({ text }) => {
    const found = /^(\d{1,2})\/(\d{1,2})\/\d{4}/.exec(text)
    return found ? [{ one: Number(found[1]), two: Number(found[2]) }] : []
  })
  const dayFirst = strokes.some(({ one }) => one > 12)
  const monthFirst = strokes.some(({ two }) => two > 12)
  if (strokes.length > 0 && dayFirst === monthFirst) {
    throw new ClsroomError('input', 'The dates of the table can be read in two ways', {
      found: cells[0]?.text.slice(0, 40) ?? '',
      expected: 'year, month and day, such as 2024-05-31',
      advice: 'Write the dates in that order',
    })
  }
  return (text, line) => {
    const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?$/.exec(text)
    const dots = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
    const stroke = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
    const [year, month, day] = iso
      ? [iso[1], iso[2], iso[3]]
      : dots
        ? [dots[3], dots[2], dots[1]]
        : stroke
          ? [stroke[3], stroke[dayFirst ? 2 : 1], stroke[dayFirst ? 1 : 2]]
          : []
    const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
    const time = Date.parse(`${date}T00:00:00Z`)
    if (year !== undefined && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return date
    throw new ClsroomError('input', 'A line of the table begins with no date', {
      found: `“${text.slice(0, 40)}” in line ${line}`,
      expected: 'a date such as 2024-05-31',
      advice: FORM,
    })
  }
}

interface Place {
  asset: string
  line: number
  /** Commas do not part cells here, so they may stand before decimals. */
  decimalComma: boolean
}

/** NaN: a gap. */
function priceOf(text: string, { asset, line, decimalComma }: Place): number {
  if (GAP.test(text)) return Number.NaN
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)
    ? text.replaceAll(',', '')
    : decimalComma && /^-?\d+,\d+$/.test(text)
      ? text.replace(',', '.')
      : text
  const price = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
  const found = `“${text.slice(0, 40)}” in line ${line}, ${asset.slice(0, 40)}`
  if (!Number.isFinite(price)) {
    throw new ClsroomError('input', 'A cell of the table is no price', {
      found,
      expected: 'a number, or an empty cell where there is none',
      advice: 'Correct or empty that cell',
    })
  }
  if (price > 0) return price
  throw new ClsroomError('input', 'A price is not above zero, so it has no return', {
    found,
    expected: 'prices above zero',
    advice: 'Bring prices and not returns; leave out an asset whose price can be zero or less',
  })
}

/** Oldest first. @throws ClsroomError `input` where a date stands twice */
function inOrder<Day extends { date: string; line: number }>(days: readonly Day[]): { sorted: Day[]; moved: number } {
  const sorted = [...days].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const twice = sorted.findIndex(({ date }, i) => date === sorted[i - 1]?.date)
  if (twice > 0) {
    const [one, two] = [sorted[twice - 1], sorted[twice]] as [Day, Day]
    throw new ClsroomError('input', 'A date stands twice in the table', {
      found: `${two.date} in lines ${one.line} and ${two.line}`,
      expected: 'one line for each day',
    })
  }
  return { sorted, moved: days.filter(({ date }, i) => i > 0 && date < (days[i - 1] as Day).date).length }
}

/** Short gaps take the last price; assets that begin late or miss more are left out. */
function withoutGaps(dates: string[], assets: string[], rows: Float64Array[], notes: PriceNote[]): PriceTable {
  const kept: number[] = []
  const told: PriceNote[] = [...notes]
  const filled: string[] = []
  const constant: string[] = []
  let cells = 0
  assets.forEach((asset, a) => {
    const first = rows.findIndex((row) => !Number.isNaN(row[a]))
    const gap = longestGap(rows, a)
    if (first !== 0) {
      told.push({ type: 'late', asset, first: dates[first] ?? '' })
    } else if (gap.days > LONGEST_GAP) {
      told.push({ type: 'gap', asset, days: gap.days, from: dates[gap.from] as string })
    } else {
      kept.push(a)
      const mended = carried(rows, a)
      if (mended > 0) filled.push(asset)
      cells += mended
      if (rows.every((row) => row[a] === rows[0]?.[a])) constant.push(asset)
    }
  })
  if (kept.length === 0) {
    throw new ClsroomError('input', 'No asset of the table has a price on every day', {
      found: `gaps of more than ${LONGEST_GAP} days, or prices that begin later, in all of ${assets.length}`,
      expected: `an asset with a price on the first day and gaps of at most ${LONGEST_GAP} days`,
      advice: 'Leave out the days before the prices begin',
    })
  }
  if (cells > 0) told.push({ type: 'filled', cells, assets: filled })
  if (constant.length > 0) told.push({ type: 'constant', assets: constant })
  return {
    dates,
    assets: kept.map((a) => assets[a] as string),
    prices: rows.map((row) => Float64Array.from(kept, (a) => row[a] as number)),
    notes: told,
  }
}

function longestGap(rows: readonly Float64Array[], a: number): { days: number; from: number } {
  let longest = { days: 0, from: 0 }
  let days = 0
  rows.forEach((row, day) => {
    days = Number.isNaN(row[a]) ? days + 1 : 0
    if (days > longest.days) longest = { days, from: day - days + 1 }
  })
  return longest
}

/** Puts the last price where there is none. @returns in how many cells */
function carried(rows: readonly Float64Array[], a: number): number {
  let count = 0
  rows.forEach((row, day) => {
    if (!Number.isNaN(row[a])) return
    row[a] = rows[day - 1]?.[a] as number
    count++
  })
  return count
}
