import { useState } from 'react'
import { formatChange, formatValue } from '../../viz/format.ts'
import { Select } from '../primitives/Select.tsx'
import { t } from '../words/words.ts'
import type { MapToken } from './types.ts'

const PAGE = 40

export interface MapTableProps {
  caption: string
  tokens: readonly MapToken[]
  valueAt: (query: number, key: number) => number
  blocked: (query: number, key: number) => boolean
  signed: boolean
}

/** The same values as the map, as a table; large ones in pages of 40 × 40. */
export function MapTable({ caption, tokens, valueAt, blocked, signed }: MapTableProps) {
  const [queries, setQueries] = useState(0)
  const [keys, setKeys] = useState(0)
  const pages = Array.from({ length: Math.ceil(tokens.length / PAGE) }, (_, page) => ({
    value: String(page),
    label: `${page * PAGE + 1}–${Math.min(tokens.length, (page + 1) * PAGE)}`,
  }))
  const slice = (page: number) => tokens.map((token, index) => ({ token, index })).slice(page * PAGE, (page + 1) * PAGE)
  const last = pages.length - 1
  const rows = slice(Math.min(queries, last))
  const columns = slice(Math.min(keys, last))
  return (
    <div className="map-table" data-testid="map-table">
      {pages.length > 1 && (
        <div className="row">
          <Select
            label={t('table.queries')}
            inline
            value={String(Math.min(queries, last))}
            options={pages}
            onChange={(page) => setQueries(Number(page))}
          />
          <Select
            label={t('table.keys')}
            inline
            value={String(Math.min(keys, last))}
            options={pages}
            onChange={(page) => setKeys(Number(page))}
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
