import { useMemo } from 'react'
import { type MemoryRun, mayRead, openCells } from './state/run.ts'
import { t } from './words/words.ts'

/** The mask of one layer as a picture: memory before text, open cells filled, and how many there are. */
export function MaskFigure({ run, layer }: { run: MemoryRun; layer: number }) {
  const { slots: M, tokens } = run
  const all = tokens.length
  const n = all - M
  const cells = useMemo(() => openRows(run, layer), [run, layer])
  const counted = useMemo(() => openCells(run, layer), [run, layer])
  const open = Object.values(counted).reduce((sum, count) => sum + count, 0)
  return (
    <figure className="mask-figure" data-testid="mask-figure" data-open={open}>
      <svg viewBox={`0 0 ${all} ${all}`} role="img" aria-label={t('mask.picture', { open, all: all * all })}>
        <rect className="mask-shut" width={all} height={all} />
        {cells.map(({ row, from, count, part }) => (
          <rect key={`${row} ${from}`} data-part={part} x={from} y={row} width={count} height={1} />
        ))}
        {M > 0 && <path className="mask-edge" d={`M${M} 0V${all}M0 ${M}H${all}`} />}
      </svg>
      <figcaption>
        <p>
          <b data-testid="cells">{t('mask.cells', { open })}</b> {t('mask.formula.full', { n, m: M, cells: all * all })}
        </p>
        <ul className="mask-parts">
          {Object.entries(counted).map(([part, count]) => (
            <li key={part} data-part={part}>
              {t(`mask.part.${part as keyof typeof counted}`, { count })}
            </li>
          ))}
        </ul>
        <p className="hint">{t('mask.formula.bottleneck', { n, m: M, cells: 2 * n * M + M * M })}</p>
      </figcaption>
    </figure>
  )
}

interface OpenRun {
  row: number
  from: number
  count: number
  part: string
}

/** Neighbouring open cells of a row and a quadrant as one bar. */
function openRows(run: MemoryRun, layer: number): OpenRun[] {
  const may = mayRead(run)
  const all = run.tokens.length
  const side = (row: number) => (row < run.slots ? 'memory' : 'text')
  const bars: OpenRun[] = []
  for (let row = 0; row < all; row++) {
    let last: OpenRun | null = null
    for (let key = 0; key < all; key++) {
      if (!may(layer, row, key)) {
        last = null
        continue
      }
      const part = `${side(row)}-${side(key)}`
      if (last && last.part === part) last.count++
      else {
        last = { row, from: key, count: 1, part }
        bars.push(last)
      }
    }
  }
  return bars
}
