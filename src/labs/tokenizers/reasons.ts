/** Why a word is unknown, and what a column makes of a text, in words. */

import type { Reading } from '../../tokenizers/column.ts'
import type { Reason } from '../../tokenizers/unknowns.ts'
import { decimal, whole } from '../../words/numbers.ts'
import { isGood, type TokenizersRun } from './state/run.ts'
import { t } from './words/words.ts'

export function reasonInWords(reason: Reason): string {
  switch (reason.kind) {
    case 'word':
      return t('reason.word')
    case 'letter':
      return t('reason.letter', { letter: reason.letter, code: codeOf(reason.letter) })
    case 'long':
      return t('reason.long', { letters: reason.letters, most: reason.most })
    case 'pieces':
      return t('reason.pieces')
  }
}

function codeOf(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const SHOWN_LETTERS = 24

export function shortened(word: string): string {
  return word.length > SHOWN_LETTERS ? `${word.slice(0, SHOWN_LETTERS)}…` : word
}

/** "–" where there is nothing to divide by. */
export function ratio(over: number, under: number): string {
  if (under === 0) return '–'
  return over >= 100 * under ? whole(over / under) : decimal(over / under, 2)
}

export interface Measure {
  id: 'pieces' | 'unknown' | 'fertility' | 'letters' | 'bytes'
  of: (totals: Reading['totals']) => string
}

export const MEASURES: readonly Measure[] = [
  { id: 'pieces', of: ({ pieces }) => String(pieces) },
  { id: 'unknown', of: ({ unknown }) => String(unknown) },
  { id: 'fertility', of: ({ pieces, words }) => ratio(pieces, words) },
  { id: 'letters', of: ({ letters, pieces }) => ratio(letters, pieces) },
  { id: 'bytes', of: ({ bytes, pieces }) => ratio(bytes, pieces) },
]

/** What the last edit changed, column by column; null where there is nothing to compare with. */
export function changes(before: TokenizersRun | null, run: TokenizersRun): string[] | null {
  if (!before) return null
  return run.columns.flatMap((column) => {
    const earlier = before.columns.find(({ name }) => name === column.name)
    if (!isGood(column) || !isGood(earlier)) return []
    const [now, then] = [column.reading.totals, earlier.reading.totals]
    if (now.pieces === then.pieces && now.unknown === then.unknown) return []
    const values = { column: column.name, from: then.pieces, to: now.pieces }
    return [
      now.unknown === then.unknown
        ? t('change.pieces', values)
        : t('change.both', { ...values, unknownFrom: then.unknown, unknownTo: now.unknown }),
    ]
  })
}
