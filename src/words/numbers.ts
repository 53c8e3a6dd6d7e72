/** Numbers as the reader's language writes them. */

import { language } from './words.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** In the place of a number that there is none of. */
const NONE = '–'

/** @param digits after the decimal sign; minus signs are typographic */
export function decimal(value: number, digits: number): string {
  if (Number.isNaN(value)) return NONE
  return formatOf({ minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })
    .format(value)
    .replace('-', '−')
}

/** A number with the digits it has: a scale, a setting. */
export function exact(value: number): string {
  if (Number.isNaN(value)) return NONE
  return formatOf({ maximumFractionDigits: 15, useGrouping: false }).format(value).replace('-', '−')
}

/** A count with its thousands parted. */
export function whole(value: number): string {
  if (Number.isNaN(value)) return NONE
  return formatOf({ maximumFractionDigits: 0 }).format(value).replace('-', '−')
}

function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = language() === 'ru' ? 'ru' : 'en'
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, known)
  return known
}
