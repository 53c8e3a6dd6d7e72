/** Where the lines come from: pasted or dropped, or made by lot with lengths of a known distribution. */

import { ClsroomError } from '../../../core/errors.ts'
import { fetchPart } from '../../../core/fetch_part.ts'
import { uniform } from '../../../core/random.ts'

export const CORPORA = ['zipf', 'peaks', 'uniform'] as const
export type Corpus = (typeof CORPORA)[number]

export type Source =
  | { type: 'sample'; corpus: Corpus; count: number; seed: number }
  /** @property file its name, where the lines came from one */
  | { type: 'own'; text: string; file?: string }

/** Of one's own lines, and of a sample. */
export const MOST_LINES = 10_000
/** Characters of one's own lines. */
export const MOST_TEXT = 2_000_000
/** So many of them a link holds. */
export const MOST_LINKED = 20_000

/** Words of a line of a sample, at most. */
const LONGEST_LINE = 60

/** The lines, without empty ones. */
export function linesOf(source: Source): string[] {
  if (source.type === 'sample') return sampleLines(source)
  return source.text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function sampleLines({ corpus, count, seed }: Extract<Source, { type: 'sample' }>): string[] {
  const next = uniform(seed)
  return Array.from({ length: count }, () => lineOf(wordsIn(corpus, next), next))
}

/** How many words a line has. */
function wordsIn(corpus: Corpus, next: () => number): number {
  switch (corpus) {
    case 'uniform':
      return 1 + Math.floor(next() * LONGEST_LINE)
    case 'peaks': {
      // Half are short, half are long, each a sum of three numbers, which has a peak in its middle.
      const [from, width] = next() < 0.5 ? [2, 8] : [LONGEST_LINE - 18, 18]
      return Math.round(from + (width * (next() + next() + next())) / 3)
    }
    case 'zipf': {
      // p(n) ∝ 1 / n (Zipf 1949, with exponent 1): the harmonic numbers are nearly logarithms, so n is nearly exp(u · ln N).
      return Math.min(LONGEST_LINE, Math.floor((LONGEST_LINE + 1) ** next()))
    }
  }
}

/** Sentences from the list in an order by lot, cut after so many words. */
function lineOf(words: number, next: () => number): string {
  const found: string[] = []
  while (found.length < words) found.push(...(SENTENCES[Math.floor(next() * SENTENCES.length)] as string).split(' '))
  return found.slice(0, words).join(' ')
}

const SENTENCES = [
  'The dog barks.',
  'A girl found an old map under the bed.',
  'The train was late again this morning.',
  'My brother said that the film was good.',
  'We walked along the river until it was dark.',
  'The king had three sons and a small garden.',
  'Nobody knew where the cat had gone.',
  'She opened the window and looked at the sea.',
  'The teacher wrote a long word on the board.',
  'It rained for two days, and then the sun came out.',
  'He sold his horse and bought a boat.',
  'Please close the door when you leave.',
  'The bread was warm, and the soup was cold.',
  'They built a house of stone near the forest.',
  'A little bird sat on the branch and sang.',
  'What would you do with a thousand gold coins?',
  'The doctor came back in the evening.',
  'In winter the lake is white and quiet.',
  'His letter was short, but it made her happy.',
  'The city is old, and its streets are narrow.',
  'One of the boys threw a stone into the well.',
  'There was no light in the kitchen.',
  'The story ends as it began.',
  'Every child in the village had heard of the giant.',
] as const

/**
 * A file as lines. In .jsonl each line is an object, or a string; in .csv the first row names the columns where one of them is called so.
 * @throws ClsroomError `input` for what holds no text
 */
export async function readLines(file: File): Promise<string> {
  if (file.size > 4 * MOST_TEXT) throw tooLarge(`${file.size} bytes`)
  const text = await file.text()
  if (text.includes('\0')) {
    throw new ClsroomError('input', 'This file holds no lines of text', {
      found: file.name,
      expected: '.txt, .csv or .jsonl',
    })
  }
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
  const lines =
    extension === 'csv'
      ? await columnOf(text, file.name)
      : extension === 'jsonl' || extension === 'ndjson'
        ? jsonLines(text, file.name)
        : [text]
  const joined = lines.join('\n')
  if (joined.length > MOST_TEXT) throw tooLarge(`${joined.length} characters`)
  return joined
}

function tooLarge(found: string): ClsroomError {
  return new ClsroomError('input', 'The file is too large for this lab', {
    found,
    expected: `at most ${MOST_TEXT} characters`,
    advice: 'Take a part of it: the lengths of some thousand lines say what all of them say',
  })
}

const NAMES = ['text', 'sentence', 'content', 'prompt', 'body', 'line']

/** The column of that name, or the one with most characters. */
async function columnOf(csv: string, name: string): Promise<string[]> {
  const { csvRows } = await fetchPart(() => import('../../../viz/read_csv.ts'))
  const rows = csvRows(csv)
  const head = rows[0]?.map((cell) => cell.trim().toLowerCase()) ?? []
  const named = head.findIndex((cell) => NAMES.includes(cell))
  const body = named < 0 ? rows : rows.slice(1)
  const characters = (column: number) => body.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0)
  const widest = head.map((_, column) => column).reduce((a, b) => (characters(b) > characters(a) ? b : a), 0)
  const column = named < 0 ? widest : named
  return kept(
    body.map((row) => row[column]),
    name,
  )
}

function jsonLines(text: string, name: string): string[] {
  return kept(
    text.split(/\r\n|\n|\r/).flatMap((line, i) => (line.trim() === '' ? [] : [textIn(line, i, name)])),
    name,
  )
}

function textIn(line: string, i: number, name: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new ClsroomError('input', 'A line of the file is no JSON', {
      found: `${name}, line ${i + 1}: ${line.slice(0, 60)}`,
      expected: '{"text": "…"} in each line',
      cause,
    })
  }
  if (typeof value === 'string') return value
  const fields = value && typeof value === 'object' ? Object.entries(value) : []
  const strings = fields.filter((field): field is [string, string] => typeof field[1] === 'string')
  return (strings.find(([key]) => NAMES.includes(key.toLowerCase())) ?? strings[0])?.[1]
}

/** A line break within a cell is a blank: a line is a sequence. */
function kept(cells: readonly (string | undefined)[], name: string): string[] {
  const lines = cells.flatMap((cell) => cell?.replaceAll(/\s+/g, ' ').trim() || [])
  if (lines.length > 0) return lines
  throw new ClsroomError('input', 'There is no text in the file', {
    found: name,
    expected: `a column or a field of text, such as ${NAMES[0]}`,
  })
}
