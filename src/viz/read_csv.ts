/** Rows of a CSV file (RFC 4180): quoted cells may hold commas and line breaks. */

import { csvParseRows } from 'd3'

export function csvRows(text: string): string[][] {
  return csvParseRows(text.replace(/^\uFEFF/, ''))
}
