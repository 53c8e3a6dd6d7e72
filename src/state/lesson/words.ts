/** A lesson's own words in the reader's language, with what they take from the run. */

import { formatPercent } from '../../viz/format.ts'
import { language, say } from '../../words/words.ts'
import type { Value } from './expression.ts'
import type { Lesson } from './lesson.ts'

/** Stands for what the run cannot tell. */
const UNKNOWN = '–'

/**
 * A message of a lesson. Numbers are written by the message: `{share, number, percent}` (as everywhere on the page, `< 0.1 %` among them),
 * `{count, plural, …}`; what is true or not is chosen by `{more, select, yes {…} other {…}}`.
 */
export function sayLesson(
  { words }: Pick<Lesson, 'words'>,
  key: string,
  values: Readonly<Record<string, Value>> = {},
): string {
  const message = words[language()]?.[key] ?? words.en[key] ?? key
  const numbers = message.replace(/\{(\w+), number(?:, (\w+))?\}/g, (asked, name: string, style?: string) => {
    const value = values[name]
    if (value === null || value === undefined) return UNKNOWN
    return style === 'percent' && typeof value === 'number' ? formatPercent(value) : asked
  })
  const said = say(numbers, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, spoken(value)])))
  return said.replace(/(\d)%/g, '$1 %')
}

function spoken(value: Value): string | number {
  if (value === null) return UNKNOWN
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}
