/** From prices to features, baselines and truth, as the recipe has them (training/portfolio/samples.py), and tables that are none. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { PortfolioInfo } from '../../core/portfolio.ts'
import { uniform } from '../../core/random.ts'
import { expectOurFeatures, FEATURE_NAMES, featuresOf } from './features.ts'
import { plainForecasts, truthOf } from './forecasts.ts'
import { parsePrices, upTo } from './prices.ts'
import {
  chosenAssets,
  firstDay,
  futureOf,
  portfolioOf,
  type Returns,
  riskShares,
  shocked,
  volatilityOf,
  windowOf,
} from './returns.ts'

interface Golden {
  features?: number[][]
  baselines: Record<string, number[]>
  truth?: { log_vol: number[]; return: number[]; contributor: number; regime: number }
  returns?: number[][]
}
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const golden = JSON.parse(read('../fixtures/portfolio.json')) as { names: string[]; windows: Record<string, Golden> }
const config = JSON.parse(read('../../../public/models/clsroom-portfolio/config.json'))
const rules = {
  window: config.window_days,
  horizons: config.horizons,
  thresholds: config.regime_thresholds_log_vol,
  tradingDays: config.trading_days,
  floor: config.daily_floor,
  featureNames: config.feature_names,
} as PortfolioInfo
const DAY = rules.window
const sample = (day: string) => parsePrices(read(`../../../public/samples/prices/${day}.csv`))
const DAYS = Object.keys(golden.windows).filter((name) => /^\d/.test(name))

function near(found: ArrayLike<number | null>, expected: ArrayLike<number>, most: number): void {
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs((found[i] as number) - (expected[i] as number)) / (1 + Math.abs(expected[i] as number))
    expect(error, `${i}: ${found[i]} for ${expected[i]}`).toBeLessThan(most)
  }
}

/** Features are given in 32 bits. */
const SINGLE = 2e-7
const DOUBLE = 1e-9

test('the features have the recipe’s names', () => {
  expect(FEATURE_NAMES).toEqual(golden.names)
  expect(() => expectOurFeatures(rules)).not.toThrow()
  const other = { ...rules, featureNames: ['price', ...rules.featureNames.slice(1)] }
  expect(() => expectOurFeatures(other)).toThrow('price')
})

test.each(DAYS)('features, baselines and truth of %s are the recipe’s', (day) => {
  const table = sample(day)
  expect(table.dates[DAY]).toBe(day)
  expect(table.notes).toEqual([])
  const expected = golden.windows[day] as Golden
  const returns = windowOf(table, DAY, rules.window)
  if (expected.features) near(featuresOf(returns, rules), expected.features.flat(), SINGLE)
  const plain = plainForecasts(portfolioOf(returns), config.clsroom.baselines, rules)
  near(plain.ewma, expected.baselines['EWMA 0.94'] as number[], DOUBLE)
  near(plain.har, expected.baselines['HAR-RV (log)'] as number[], DOUBLE)
  const truth = truthOf(futureOf(table, DAY, 21), rules)
  near(truth.logVolatility, expected.truth?.log_vol as number[], DOUBLE)
  near(truth.returns, expected.truth?.return as number[], DOUBLE)
  expect(truth.regime).toBe(expected.truth?.regime)
  const shares = truth.riskShares as Float64Array
  expect(shares.indexOf(Math.max(...shares))).toBe(expected.truth?.contributor)
  expect(shares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10)
})

test('floors and clamps are the recipe’s: an asset that never moves, one that fell by 90 %', () => {
  const { returns, features, baselines } = golden.windows['still and far'] as Golden & { returns: number[][] }
  const given: Returns = { days: returns.length, assets: 3, data: Float64Array.from(returns.flat()) }
  near(featuresOf(given, rules), (features as number[][]).flat(), SINGLE)
  near(
    plainForecasts(portfolioOf(given), config.clsroom.baselines, rules).har,
    baselines['HAR-RV (log)'] as number[],
    DOUBLE,
  )
})

test('nothing after a day moves its features, and its own price does', () => {
  const table = sample('2020-02-21')
  const next = uniform(7)
  const day = DAY + 4
  const before = featuresOf(windowOf(table, day, rules.window), rules)
  const noisy = (from: number) => ({
    ...table,
    prices: table.prices.map((row, d) => (d < from ? row : row.map((price) => price * (0.5 + next())))),
  })
  expect(featuresOf(windowOf(noisy(day + 1), day, rules.window), rules)).toEqual(before)
  expect(featuresOf(windowOf(upTo(table, day), day, rules.window), rules)).toEqual(before)
  // The test can fail: with the day's own price the features move.
  expect(featuresOf(windowOf(noisy(day), day, rules.window), rules)).not.toEqual(before)
})

test('what came is known as far as the table goes', () => {
  const table = sample('2017-10-10')
  const at = (day: number) => truthOf(futureOf(table, day, 21), rules)
  expect(at(DAY).logVolatility.filter((value) => value === null)).toHaveLength(0)
  expect(at(DAY + 1).logVolatility.map((value) => value === null)).toEqual([false, false, true])
  expect(at(DAY + 1).regime).toBeNull()
  expect(at(table.dates.length - 1).logVolatility).toEqual([null, null, null])
})

test('a chosen part of the assets is a portfolio of its own; a shock moves the last day or all', () => {
  const returns = windowOf(sample('2008-09-12'), DAY, rules.window)
  const some = chosenAssets(returns, [3, 0])
  expect(some.assets).toBe(2)
  expect(some.data[1]).toBe(returns.data[0])
  const one = shocked(returns, new Map([[2, { move: -0.1, scale: 1 }]]))
  expect([...one.data].filter((value, i) => value !== returns.data[i])).toHaveLength(1)
  const doubled = shocked(returns, new Map(Array.from({ length: 20 }, (_, a) => [a, { move: 0, scale: 2 }])))
  expect(volatilityOf(portfolioOf(doubled), 252)).toBeCloseTo(2 * volatilityOf(portfolioOf(returns), 252), 10)
  near(riskShares(doubled), riskShares(returns), DOUBLE)
})

/** A table of so many weekdays in which every asset wanders. */
function csv(days: number, assets: readonly string[], change: (cells: string[][]) => void = () => {}): string {
  const next = uniform(days + assets.length)
  const prices = assets.map(() => 50)
  const rows = Array.from({ length: days }, (_, d) => {
    const date = new Date(Date.UTC(2020, 0, 1 + d)).toISOString().slice(0, 10)
    for (const [a, price] of prices.entries()) prices[a] = price * (0.98 + 0.04 * next())
    return [date, ...prices.map((price) => price.toFixed(4))]
  })
  const cells = [['Date', ...assets], ...rows]
  change(cells)
  return cells.map((row) => row.join(',')).join('\n')
}
const set = (line: number, column: number, value: string) => (cells: string[][]) => {
  ;(cells[line - 1] as string[])[column] = value
}

const every = (value: string) => (cells: string[][]) => {
  for (const row of cells.slice(1)) row[1] = value
}

describe('a table of one’s own', () => {
  test('one asset is a portfolio: all risk is its own', () => {
    const table = parsePrices(csv(130, ['ONE']))
    const returns = windowOf(table, firstDay(table, 126), 126)
    expect(featuresOf(returns, rules).every(Number.isFinite)).toBe(true)
    expect([...riskShares(returns)]).toEqual([1])
  })

  test('500 assets are read', () => {
    const names = Array.from({ length: 500 }, (_, i) => `A${i}`)
    const table = parsePrices(csv(127, names))
    expect(table.assets).toHaveLength(500)
    expect(featuresOf(windowOf(table, 126, 126), rules)).toHaveLength(500 * 52)
  })

  test('a constant price has features, and is told', () => {
    const table = parsePrices(
      csv(130, ['MOVES', 'STILL'], (cells) => {
        for (const row of cells.slice(1)) row[2] = '7'
      }),
    )
    expect(table.notes).toEqual([{ type: 'constant', assets: ['STILL'] }])
    const still = parsePrices(csv(130, ['STILL'], every('7')))
    const returns = windowOf(still, 126, 126)
    expect(featuresOf(returns, rules).every(Number.isFinite)).toBe(true)
    const { ewma, har } = plainForecasts(portfolioOf(returns), config.clsroom.baselines, rules)
    expect([...ewma, ...har].every(Number.isFinite)).toBe(true)
    expect([...riskShares(returns)]).toEqual([0])
  })

  test('dates out of order are put in order', () => {
    const straight = parsePrices(csv(130, ['A', 'B']))
    const [head, ...rows] = csv(130, ['A', 'B']).split('\n')
    const turned = parsePrices([head, ...rows.reverse()].join('\n'))
    expect(turned.notes).toEqual([{ type: 'sorted', rows: 129 }])
    expect({ ...turned, notes: [] }).toEqual(straight)
  })

  test('a short gap takes the last price and never a later one', () => {
    const whole = csv(130, ['A', 'B'])
    const lines = whole.split('\n').map((line) => line.split(','))
    const gapped = parsePrices(
      csv(130, ['A', 'B'], (cells) => {
        for (const line of [10, 11]) set(line, 2, line === 10 ? '' : 'NA')(cells)
      }),
    )
    expect(gapped.notes).toEqual([{ type: 'filled', cells: 2, assets: ['B'] }])
    expect(gapped.prices[9]?.[1]).toBe(Number(lines[8]?.[2]))
  })

  test('an asset with a long gap, or that begins late, is left out by name', () => {
    const table = parsePrices(
      csv(140, ['GOOD', 'GAP', 'LATE'], (cells) => {
        for (let line = 20; line < 26; line++) set(line, 2, '')(cells)
        for (let line = 2; line < 50; line++) set(line, 3, '')(cells)
      }),
    )
    expect(table.assets).toEqual(['GOOD'])
    expect(table.notes).toEqual([
      { type: 'gap', asset: 'GAP', days: 6, from: '2020-01-19' },
      { type: 'late', asset: 'LATE', first: '2020-02-18' },
    ])
  })

  test('semicolons with decimal commas, tabs, quotes, a byte order mark, dates of three countries', () => {
    const values = (text: string) => parsePrices(text).prices.map((row) => [...row])
    expect(values('Datum;A;B\n31.12.2020;1,5;2\n01.01.2021;1,6;2\n')).toEqual([
      [1.5, 2],
      [1.6, 2],
    ])
    expect(values('Date\tA\n2020-12-31\t1.5\n2021-01-01 00:00:00\t1.6')).toEqual([[1.5], [1.6]])
    expect(values('\uFEFFDate,"A, Inc."\r\n12/31/2020,"1,234.5"\r\n01/04/2021,7\r\n')).toEqual([[1234.5], [7]])
    expect(parsePrices('Date,A\n31/12/2020,1\n04/01/2021,2').dates).toEqual(['2020-12-31', '2021-01-04'])
  })

  test.each<[string, string, RegExp]>([
    ['nothing', '', /no prices.*nothing/],
    ['a line of names alone', 'Date,A', /no prices.*one line/],
    ['dates alone', 'Date\n2020-01-01\n2020-01-02', /no asset/],
    ['text in a cell', csv(130, ['A', 'B'], set(7, 2, 'closed')), /no price.*“closed” in line 7, B/],
    ['a negative price', csv(130, ['A', 'OIL'], set(9, 2, '-37.63')), /not above zero.*“-37.63” in line 9, OIL/],
    ['a price of zero', csv(130, ['A'], set(9, 1, '0')), /not above zero/],
    ['a date twice', csv(130, ['A'], set(9, 0, '2020-01-07')), /twice.*2020-01-07 in lines 8 and 9/],
    ['a day that is none', csv(130, ['A'], set(9, 0, '2020-02-30')), /no date.*“2020-02-30” in line 9/],
    ['no date', csv(130, ['A'], set(9, 0, 'Tuesday')), /no date.*“Tuesday” in line 9/],
    ['dates of two meanings', 'Date,A\n01/02/2020,1\n02/02/2020,2', /two ways.*01\/02\/2020/],
    ['a line too short', csv(130, ['A', 'B'], (cells) => cells[5]?.pop()), /more or fewer.*2 in line 6.*3/],
    ['no names', '2020-01-01,5\n2020-01-02,6', /does not name.*5 in column 2/],
    ['a name twice', 'Date,A,A\n2020-01-01,5,5', /same name.*A/],
    ['gaps alone', csv(130, ['A'], every('')), /No asset/],
    [
      'too many assets',
      `Date,${Array.from({ length: 1001 }, (_, i) => `A${i}`)}\n2020-01-01`,
      /too large.*1001 assets/,
    ],
  ])('%s is refused, and said where', (_, text, said) => {
    expect(() => parsePrices(text)).toThrow(said)
  })

  test('too few days are refused with the number that is needed', () => {
    const table = parsePrices(csv(126, ['A']))
    expect(() => firstDay(table, 126)).toThrow(/126 days.*at least 127/)
    expect(firstDay(parsePrices(csv(127, ['A'])), 126)).toBe(126)
  })
})
