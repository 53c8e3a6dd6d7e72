import { useState } from 'react'
import { formatChange, formatValue } from '../../viz/format.ts'
import { Select } from '../primitives/Select.tsx'
import { t } from '../words/words.ts'
import type { MapToken } from './types.ts'

const PAGE = 40

export interface MapTableProps {
  caption: string
  tokens: readonly MapToken[]
  keys: readonly MapToken[]
  valueAt: (query: number, key: number) => number
  blocked: (query: number, key: number) => boolean
  signed: boolean
}

/** The same values as the map, as a table; large ones in pages of 40 × 40. */
export function MapTable({ caption, tokens, keys, valueAt, blocked, signed }: MapTableProps) {
  const [queryPage, setQueryPage] = useState(0)
  const [keyPage, setKeyPage] = useState(0)
  const queries = pageOf(tokens, queryPage)
  const read = pageOf(keys, keyPage)
  const rows = queries.shown
  const columns = read.shown
  return (
    <div className="map-table" data-testid="map-table">
      {(queries.pages.length > 1 || read.pages.length > 1) && (
        <div className="row">
          <Select
            label={t('table.queries')}
            inline
            value={queries.page}
            options={queries.pages}
            onChange={(page) => setQueryPage(Number(page))}
          />
          <Select
            label={t('table.keys')}
            inline
            value={read.page}
            options={read.pages}
            onChange={(page) => setKeyPage(Number(page))}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('table.of', { caption })}>
        <table className="table mono">
          <caption className="sr-only">{t('table.caption', { caption })}</caption>
          <thead>
            <tr>
              <th scope="col">
                {t('map.query')} ↓ {t('map.key')} →
              </th>
              {columns.map(({ token }) => (
                <th key={token.key} scope="col">
                  {token.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ token, index: query }) => (
              <tr key={token.key}>
                <th scope="row">{token.label}</th>
                {columns.map(({ token: key, index }) => (
                  <td key={key.key} data-blocked={blocked(query, index) || undefined}>
                    {signed ? formatChange(valueAt(query, index)) : formatValue(valueAt(query, index))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** The tokens of a page with their places; the last page where this one does not exist. */
function pageOf(tokens: readonly MapToken[], wanted: number) {
  const pages = Array.from({ length: Math.max(1, Math.ceil(tokens.length / PAGE)) }, (_, page) => ({
    value: String(page),
    label: `${page * PAGE + 1}–${Math.min(tokens.length, (page + 1) * PAGE)}`,
  }))
  const page = Math.min(wanted, pages.length - 1)
  const shown = tokens.map((token, index) => ({ token, index })).slice(page * PAGE, (page + 1) * PAGE)
  return { pages, page: String(page), shown }
}
