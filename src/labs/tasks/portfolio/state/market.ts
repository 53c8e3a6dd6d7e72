/** Where prices come from: the samples of the page (public/samples/prices says where they are from), or a table of one's own. */

import { z } from 'zod'
import { ClsroomError } from '../../../../core/errors.ts'
import { MOST_CHARACTERS, type PriceTable, parsePrices } from '../../../../loaders/portfolio/prices.ts'

/** A table of prices with the name it is known by. */
export interface Market {
  name: string
  source: 'sample' | 'own'
  table: PriceTable
  /** The years a sample's day is of: those the model learned from, was chosen by, or was tested on. */
  split?: Split
}

const windows = z.array(
  z.object({
    day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    split: z.enum(['train', 'validation', 'test']),
  }),
)

export type Split = 'train' | 'validation' | 'test'
export type Sample = z.infer<typeof windows>[number]

/** @param baseUrl the folder the page was opened from, ending in "/" */
export async function loadSamples(baseUrl: string): Promise<Sample[]> {
  return windows.parse(JSON.parse(await fetched(`${baseUrl}samples/prices/windows.json`)))
}

export async function readSample(baseUrl: string, { day, split }: Sample): Promise<Market> {
  const table = parsePrices(await fetched(`${baseUrl}samples/prices/${day}.csv`))
  return { name: day, source: 'sample', table, split }
}

async function fetched(url: string): Promise<string> {
  try {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    return await answer.text()
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample prices could not be fetched', {
      found: url.split('/').at(-1),
      advice: 'Drop or paste prices of your own, or try again when you are online',
      cause,
    })
  }
}

const TABLES = /\.(csv|tsv|txt)$/i

/** Whether a dropped file is for a portfolio. */
export function isTable({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  return TABLES.test(name) || type.startsWith('text/')
}

/** @throws ClsroomError `input` for a file that is no table of prices */
export async function readFile(file: File): Promise<Market> {
  if (!isTable(file)) {
    throw new ClsroomError('input', 'This is no table of prices', {
      found: file.name,
      expected: 'a text of dates and prices, such as a file that ends in .csv',
    })
  }
  if (file.size > MOST_CHARACTERS) {
    throw new ClsroomError('input', 'The table of prices is too large', {
      found: `${file.size} bytes`,
      expected: `at most ${MOST_CHARACTERS}`,
      advice: 'Leave out assets or the oldest days: a day’s answer needs the last half year only',
    })
  }
  return readText(await file.text(), file.name)
}

/** @throws ClsroomError `input` for a text that is no table of prices */
export function readText(text: string, name: string): Market {
  return { name, source: 'own', table: parsePrices(text) }
}

/** Whether a pasted text looks like a table: several lines, and cells in the first. */
export function looksLikeTable(text: string): boolean {
  const [head = '', second] = text.trim().split('\n')
  return second !== undefined && /[,;\t]/.test(head)
}
