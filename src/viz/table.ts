/** The values behind a chart: its table twin, and what is saved as CSV and JSON. */

export interface ChartTable {
  columns: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

/** RFC 4180: comma-separated, CRLF, quoted where a comma, a quote or a line break asks for it. */
export function toCsv({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

function field(value: string | number): string {
  const text = typeof value === 'number' ? String(rounded(value)) : value
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** f32 values as they are read: seven significant digits, without the noise of their f64 form. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : value
}

/** Names that stay apart where labels repeat: "0 [CLS]", "1 the", "2 the". */
export function numbered(labels: readonly string[]): string[] {
  return labels.map((label, i) => `${i} ${label}`)
}

/** Names in a sentence: one that stands more than once says in which row, "[CLS] @3". */
export function toldApart(labels: readonly string[]): string[] {
  return labels.map((label, i) => (labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} @${i}`))
}

/** A file name that says what is inside: words of any script joined by hyphens. */
export function fileName(parts: readonly string[], extension: string): string {
  const words = parts
    .join(' ')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['clsroom']
  return `${words.join('-').slice(0, 120)}.${extension}`
}
