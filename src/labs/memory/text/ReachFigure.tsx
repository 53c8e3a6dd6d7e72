import { useMemo } from 'react'
import { askedOf } from './state/asked.ts'
import { reachOf } from './state/reach.ts'
import type { MemoryRun } from './state/run.ts'
import { t } from './words/words.ts'

const CELL = 10
const LAYER = 14

/** What can have reached the asked row through text alone: a cone that a window widens with every layer, and where the answer stands. */
export function ReachFigure({ run, word }: { run: MemoryRun; word: (id: number) => string }) {
  const found = useMemo(() => {
    const asked = askedOf(run)
    return asked && { asked, reach: reachOf(run, asked.row, asked.best) }
  }, [run])
  if (!found) return <p className="hint">{t('cause.nothing-asked')}</p>
  const { asked, reach } = found
  const { rows, source } = reach
  const T = rows[0]?.length ?? 0
  const last = rows.at(-1) as boolean[]
  const width = T * CELL
  const height = rows.length * LAYER
  const within = last.filter(Boolean).length
  const label = word(asked.best)
  return (
    <figure className="reach" data-testid="reach">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('reach.picture', { within, all: T })}>
        {rows.map((reached, depth) =>
          reached.map((is, row) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
              key={`${depth} ${row}`}
              data-reached={is || undefined}
              data-asked={row === asked.row || undefined}
              data-source={row === source || undefined}
              x={row * CELL + 1}
              y={(rows.length - 1 - depth) * LAYER + 1}
              width={CELL - 2}
              height={LAYER - 2}
            >
              <title>{`${run.tokens[run.slots + row]?.label}`}</title>
            </rect>
          )),
        )}
      </svg>
      <figcaption>
        <p>{t('reach.within', { within, all: T, layers: rows.length - 1 })}</p>
        <p>
          {source === null
            ? t('reach.no-source', { word: label })
            : t(last[source] ? 'reach.inside' : 'reach.outside', {
                word: label,
                distance: Math.abs(source - asked.row),
              })}
        </p>
      </figcaption>
    </figure>
  )
}
