/**
 * Which part of the source each part of the output is read from, where the task says so: the tasks of clsroom-t5, parsed as they were
 * made. Spans are characters [from, to). What is read from nowhere in particular (hyphens, "and", "hundred") is not asked.
 */

export type Span = readonly [from: number, to: number]

export interface Origin {
  target: Span
  sources: readonly Span[]
}

interface Word {
  text: string
  span: Span
}

const MONTHS = [
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
].map((line) => line.split(' '))
const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  )

/** @returns null where the task is none whose alignment is known, or the output is not of its form */
export function alignmentTruth(source: string, target: string): Origin[] | null {
  const low = source.toLowerCase()
  const task = /^\s*(date|number|words|reverse)\s*:/u.exec(low)
  if (!task || low.length !== source.length) return null
  const from = task[0].length
  switch (task[1]) {
    case 'date':
      return dateTruth(low, from, target)
    case 'number':
      return numberTruth(low, from, target)
    case 'words':
      return wordsTruth(low, from, target)
    default:
      return reverseTruth(low, from, target)
  }
}

/** Year digits 0 to 3, month 5 and 6, day 8 and 9 of yyyy-mm-dd. */
function dateTruth(source: string, from: number, target: string): Origin[] | null {
  const form = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/u.exec(target)
  if (!form) return null
  const first = target.search(/\d/u)
  const parts = dateParts(wordsOf(source, from, /\d+|\p{L}+/gu))
  if (!parts) return null
  return parts.flatMap(({ span, places }) => {
    const digits = span[1] - span[0] === places.length && /^\d+$/u.test(source.slice(...span))
    // A number's digits are each read for itself, a word for all that it says.
    return places.map(
      (place, i): Origin => ({
        target: [first + place, first + place + 1],
        sources: [digits ? [span[0] + i, span[0] + i + 1] : span],
      }),
    )
  })
}

/** The words of a date, with the places of yyyy-mm-dd that each says. */
function dateParts(words: readonly Word[]): { span: Span; places: number[] }[] | null {
  const isNumber = ({ text }: Word) => /^\d+$/u.test(text)
  const numbers = words.filter(isNumber)
  const year = numbers.find(({ text }) => text.length === 4)
  if (!year) return null
  const others = numbers.filter((word) => word !== year)
  const month = words.find(({ text }) => MONTHS.some((names) => names.includes(text)))
  const digits = ({ span, text }: Word, places: readonly number[]) => ({ span, places: places.slice(-text.length) })
  const yearPart = { span: year.span, places: [0, 1, 2, 3] }
  if (!month) {
    // Day first, unless the year is.
    const [day, number] = year === numbers[0] ? [others[1], others[0]] : [others[0], others[1]]
    return day && number ? [yearPart, digits(number, [5, 6]), digits(day, [8, 9])] : null
  }
  const monthPart = { span: month.span, places: [5, 6] }
  const day = others[0]
  const dayParts = day ? [digits(day, [8, 9])] : ordinalParts(words)
  return dayParts.length > 0 ? [yearPart, monthPart, ...dayParts] : null
}

/** "third" says both digits of 03, "twenty-third" one with each word. */
function ordinalParts(words: readonly Word[]): { span: Span; places: number[] }[] {
  const tens = words.find(({ text }) => text === 'twenty' || text === 'thirty')
  const whole = words.find(({ text }) => ORDINALS.includes(text) || text === 'thirtieth')
  if (!whole) return []
  return tens
    ? [
        { span: tens.span, places: [8] },
        { span: whole.span, places: [9] },
      ]
    : [{ span: whole.span, places: [8, 9] }]
}

function numberTruth(source: string, from: number, target: string): Origin[] | null {
  const form = /^\s*(\d+)\s*$/u.exec(target)
  const said = placesSaid(wordsOf(source, from, /\p{L}+/gu))
  if (!form?.[1] || !said) return null
  const last = target.trimEnd().length - 1
  return said.flatMap(({ span, places }) =>
    places.flatMap((place): Origin[] => {
      const at = last - place
      return at >= 0 && /\d/u.test(target[at] ?? '') ? [{ target: [at, at + 1], sources: [span] }] : []
    }),
  )
}

function wordsTruth(source: string, from: number, target: string): Origin[] | null {
  const digits = [...source.matchAll(/\d/gu)].map(({ index }) => index).filter((at) => at >= from)
  const said = placesSaid(wordsOf(target.toLowerCase(), 0, /\p{L}+/gu))
  if (digits.length === 0 || !said) return null
  return said.flatMap(({ span, places }): Origin[] => {
    const sources = places.flatMap((place): Span[] => {
      const at = digits.at(-1 - place)
      return at === undefined ? [] : [[at, at + 1]]
    })
    return sources.length > 0 ? [{ target: span, sources }] : []
  })
}

/** The powers of ten whose digits each word of a number below a million says; null: there is a word that no number has. */
function placesSaid(words: readonly Word[]): { span: Span; places: number[] }[] | null {
  const thousand = words.findIndex(({ text }) => text === 'thousand')
  const said: { span: Span; places: number[] }[] = []
  for (const [i, { text, span }] of words.entries()) {
    const base = i < thousand ? 3 : 0
    const one = ONES.indexOf(text)
    if (text === 'thousand' || text === 'hundred' || text === 'and') continue
    if (TENS.includes(text)) said.push({ span, places: [base + 1] })
    else if (one < 0) return null
    else if (one >= 10) said.push({ span, places: [base + 1, base] })
    else said.push({ span, places: [words[i + 1]?.text === 'hundred' ? base + 2 : base] })
  }
  return said.length > 0 ? said : null
}

/** The k-th word of the output is the k-th from the end of the source. */
function reverseTruth(source: string, from: number, target: string): Origin[] | null {
  const read = wordsOf(source, from, /\S+/gu)
  const written = wordsOf(target, 0, /\S+/gu)
  const pairs = written.flatMap(({ span }, k): Origin[] => {
    const origin = read[read.length - 1 - k]
    return origin ? [{ target: span, sources: [origin.span] }] : []
  })
  return pairs.length > 0 ? pairs : null
}

function wordsOf(text: string, from: number, pattern: RegExp): Word[] {
  return [...text.matchAll(pattern)]
    .filter(({ index }) => index >= from)
    .map(({ 0: word, index }) => ({ text: word, span: [index, index + word.length] }))
}
