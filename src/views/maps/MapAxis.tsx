import { memo } from 'react'
import type { MapToken } from './types.ts'

export interface MapAxisProps {
  axis: 'query' | 'key'
  tokens: readonly MapToken[]
  /** Which of `tokens` get a label; the others are too close. */
  shown: readonly number[]
  cell: number
  scroll: number
  selected: number | null
  /** Column labels slant when they are wider than their cells. */
  slanted?: boolean
  onPick?: (index: number) => void
}

/** The labels along one side of a map; each picks its row or its column. Keyboards pick from the map itself. */
export const MapAxis = memo(function MapAxis({
  axis,
  tokens,
  shown,
  cell,
  scroll,
  selected,
  slanted,
  onPick,
}: MapAxisProps) {
  const along = axis === 'query' ? 'top' : 'left'
  return (
    <div className={`map-axis map-axis-${axis}`} data-slanted={slanted || undefined} aria-hidden="true">
      {shown.map((i) => {
        const token = tokens[i]
        if (!token) return null
        return (
          <button
            key={token.key}
            type="button"
            tabIndex={-1}
            className="map-label"
            data-testid={`${axis}-label`}
            data-index={i}
            data-kind={token.kind}
            data-masked={token.masked || undefined}
            data-colour={token.colour}
            data-selected={selected === i || undefined}
            style={{ [along]: (i + 0.5) * cell - scroll, '--cell': `${Math.max(cell, 14)}px` } as object}
            title={token.label}
            onClick={() => onPick?.(i)}
          >
            <span>{token.label}</span>
          </button>
        )
      })}
    </div>
  )
})
