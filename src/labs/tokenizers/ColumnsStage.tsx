import { type CSSProperties, useMemo, useState } from 'react'
import type { ReadPiece } from '../../tokenizers/column.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Switch } from '../../views/primitives/Switch.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { saidInFull } from '../../words/errors.ts'
import { whole } from '../../words/numbers.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { linksOf } from './links.ts'
import { MEASURES } from './reasons.ts'
import type { TokenizersLab } from './state/lab.ts'
import { isGood, type ReadColumn, type TokenizersRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Pieces of a column that are drawn; all are counted. */
const DRAWN = 160
/** Of a row and of the room between two columns, in the units of the drawing. */
const ROW = 30
const GAP = 40

export interface ColumnsStageProps {
  lab: TokenizersLab
  run: TokenizersRun
}

/** Every column's pieces in their order, and lines between those of neighbours that share letters. */
export function ColumnsStage({ lab, run }: ColumnsStageProps) {
  const { look } = useLab(lab.store)
  const [lit, setLit] = useState<{ start: number; end: number } | null>(null)
  const drawn = useMemo(() => run.columns.map(piecesOf), [run])
  const height = ROW * Math.max(1, ...drawn.map((pieces) => pieces.length))
  return (
    <div className="stage tokenizers-stage" data-testid="stage">
      <Panel
        help={help('columns-panel')}
        title={t('columns')}
        testId="columns-panel"
        actions={
          <>
            <Switch label={t('columns.lines')} checked={look.lines} onChange={(lines) => lab.look({ lines })} />
            <Button small onClick={() => lab.look({ tool: 'columns' })}>
              {t('columns.choose')}
            </Button>
          </>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
        <section className="token-columns" tabIndex={0} aria-label={t('columns.list')}>
          {run.columns.map((column, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <div key={place} className="token-column-group">
              {place > 0 && (
                <Lines
                  left={drawn[place - 1] ?? []}
                  right={drawn[place] ?? []}
                  height={height}
                  shown={look.lines}
                  lit={lit}
                />
              )}
              <div className="token-column" data-testid="column" data-chosen={place === look.column || undefined}>
                <button
                  type="button"
                  className="token-column-head"
                  aria-pressed={place === look.column}
                  onClick={() => lab.look({ column: place })}
                  title={t('columns.choose-one')}
                >
                  <strong>{column.name}</strong>
                  <span className="hint">
                    {isGood(column)
                      ? t('columns.says', {
                          pieces: column.reading.totals.pieces,
                          vocabulary: whole(column.info.vocabulary),
                        })
                      : t('columns.failed')}
                  </span>
                </button>
                {isGood(column) ? (
                  <Pieces column={column} pieces={drawn[place] ?? []} lit={lit} onLight={setLit} />
                ) : (
                  <p role="alert" className="token-problem" data-testid="column-problem">
                    {'problem' in column && saidInFull(column.problem)}
                  </p>
                )}
              </div>
            </div>
          ))}
        </section>
      </Panel>
    </div>
  )
}

function piecesOf(column: ReadColumn): ReadPiece[] {
  return isGood(column) ? column.reading.words.flatMap(({ pieces }) => pieces).slice(0, DRAWN) : []
}

interface PiecesProps {
  column: Extract<ReadColumn, { key: string }>
  pieces: readonly ReadPiece[]
  lit: { start: number; end: number } | null
  onLight: (span: { start: number; end: number } | null) => void
}

function Pieces({ column, pieces, lit, onLight }: PiecesProps) {
  const { totals } = column.reading
  const more = totals.pieces - pieces.length
  return (
    <>
      <ol className="token-pieces" style={{ '--piece-row': `${ROW}px` } as CSSProperties}>
        {pieces.map((piece, i) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
            key={i}
            className="token-piece"
            data-testid="piece"
            data-unknown={piece.unknown || undefined}
            data-special={piece.special || undefined}
            data-lit={(lit && piece.start < lit.end && piece.end > lit.start) || undefined}
            onPointerEnter={() => onLight(piece)}
            onPointerLeave={() => onLight(null)}
          >
            <span className="token-label mono">{piece.label}</span>
            <span className="token-id mono">{piece.id}</span>
          </li>
        ))}
      </ol>
      {more > 0 && <p className="hint">{t('columns.more', { count: more })}</p>}
      {pieces.length === 0 && <p className="hint">{t('columns.empty')}</p>}
      <p className="sr-only">{MEASURES.map(({ id, of }) => `${t(`measure.${id}`)}: ${of(totals)}`).join('; ')}</p>
    </>
  )
}

interface LinesProps {
  left: readonly ReadPiece[]
  right: readonly ReadPiece[]
  height: number
  shown: boolean
  lit: { start: number; end: number } | null
}

function Lines({ left, right, height, shown, lit }: LinesProps) {
  const links = useMemo(() => linksOf(left, right), [left, right])
  const y = (row: number) => ROW * row + ROW / 2
  return (
    <svg
      className="token-lines"
      width={GAP}
      height={height}
      viewBox={`0 0 ${GAP} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {shown &&
        links.map(({ from, to, start, end }) => (
          <path
            key={`${from} ${to}`}
            data-lit={(lit && start < lit.end && end > lit.start) || undefined}
            d={`M0 ${y(from)}C${GAP / 2} ${y(from)} ${GAP / 2} ${y(to)} ${GAP} ${y(to)}`}
          />
        ))}
    </svg>
  )
}
