import type { CSSProperties } from 'react'
import { Histogram } from '../../views/charts/Histogram.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { IntegerField } from '../../views/primitives/IntegerField.tsx'
import { Spoken } from '../../views/primitives/Spoken.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { binned } from '../../viz/histogram.ts'
import { useLab } from '../shared/useLab.ts'
import { colourOf, coloursOf } from './colours.ts'
import { help } from './help/help.ts'
import { nameOf } from './said.ts'
import type { BatchLab } from './state/lab.ts'
import type { BatchRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Of the plan, so many batches are drawn; the others are told by their number. */
const DRAWN = 120

/** The shown batch as a rectangle of tokens and PAD, the plan above it, the chosen row token by token below. */
export function BatchPicture({ lab, run }: { lab: BatchLab; run: BatchRun }) {
  const { look } = useLab(lab.store)
  const { plan, batch, assembled, lengths, sequences } = run
  const { width, rows } = assembled
  const chosen = Math.min(look.row, rows - 1)
  const show = (next: number) => lab.look({ batch: next, row: 0 })
  return (
    <Panel
      help={help('batch-panel')}
      title={t('picture', { strategy: nameOf(plan.strategy) })}
      lead={t('picture.lead', { rows, width })}
      testId="batch-panel"
      actions={
        <>
          <Button small look="quiet" disabled={batch === 0} data-testid="batch-before" onClick={() => show(batch - 1)}>
            {t('picture.before')}
          </Button>
          <IntegerField
            inline
            label={t('picture.batch', { batches: plan.batches.length })}
            value={batch + 1}
            min={1}
            max={plan.batches.length}
            testId="batch"
            onChange={(number) => show(number - 1)}
          />
          <Button
            small
            look="quiet"
            disabled={batch === plan.batches.length - 1}
            data-testid="batch-next"
            onClick={() => show(batch + 1)}
          >
            {t('picture.next')}
          </Button>
        </>
      }
    >
      <Overview run={run} />
      <fieldset className="batch-rows" data-testid="batch-rows" data-dense={rows > 16 || undefined}>
        <legend className="sr-only">{t('picture.rows')}</legend>
        {(plan.batches[batch]?.rows ?? []).map((row, r) => {
          const used = row.reduce((sum, { sequence }) => sum + (lengths[sequence] ?? 0), 0)
          const names = row.map(({ sequence }) => sequence + 1).join(', ')
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
              key={r}
              type="button"
              className="batch-row"
              data-testid="batch-row"
              aria-pressed={r === chosen}
              onClick={() => lab.look({ row: r })}
            >
              <Spoken as={t('picture.row', { row: r + 1, names, count: row.length, pads: width - used })}>
                {row.map(({ sequence, at }, i) => (
                  <span
                    key={sequence}
                    className="batch-part"
                    data-colour={colourOf(i)}
                    style={part(at, lengths[sequence] ?? 0, width)}
                  >
                    {sequence + 1}
                  </span>
                ))}
              </Spoken>
            </button>
          )
        })}
      </fieldset>
      <RowTokens run={run} row={chosen} />
      {sequences.some(({ cut }) => cut > 0) && (
        <p className="hint" data-testid="cut">
          {t('picture.cut', {
            count: sequences.filter(({ cut }) => cut > 0).length,
            tokens: sequences.reduce((sum, { cut }) => sum + cut, 0),
          })}
        </p>
      )}
      <Histogram
        name={t('lengths')}
        height={150}
        bins={binned([lengths], 12)}
        series={[t('lengths.series', { count: lengths.length })]}
        xName={t('lengths.x')}
        yName={t('lengths.y')}
      />
    </Panel>
  )
}

function part(at: number, length: number, width: number): CSSProperties {
  return { insetInlineStart: `${(100 * at) / width}%`, inlineSize: `${(100 * length) / width}%` }
}

/** Every batch of the plan by its size, with what of it is useful; the shown one is marked. */
function Overview({ run: { plan, lengths, batch } }: { run: BatchRun }) {
  const from = Math.max(0, Math.min(plan.batches.length - DRAWN, batch - DRAWN / 2))
  const drawn = plan.batches.slice(from, from + DRAWN)
  const largest = Math.max(...drawn.map(({ width, rows }) => width * rows.length))
  return (
    <div className="batch-overview" role="img" aria-label={t('picture.overview', { batches: plan.batches.length })}>
      {drawn.map(({ width, rows }, i) => {
        const size = width * rows.length
        const useful = rows.flat().reduce((sum, { sequence }) => sum + (lengths[sequence] ?? 0), 0)
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: batches have no other name
            key={from + i}
            data-shown={from + i === batch || undefined}
            style={{ '--size': size / largest, '--useful': useful / size } as CSSProperties}
          />
        )
      })}
    </div>
  )
}

/** Each token of a row with its position id. */
function RowTokens({ run, row }: { run: BatchRun; row: number }) {
  const { tokens, positions, width } = run.assembled
  const colours = coloursOf(run.assembled, row)
  return (
    <ol
      className="batch-tokens"
      data-testid="row-tokens"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      aria-label={t('picture.tokens', { row: row + 1 })}
    >
      {tokens.slice(row * width, (row + 1) * width).map(({ label, kind }, at) => {
        const colour = colours[at]
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a place of the row is its name
            key={at}
            data-pad={colour === undefined || undefined}
            data-special={(kind !== 'word' && kind !== 'pad') || undefined}
            data-colour={colour}
          >
            <span className="mono">{label}</span>
            <small className="mono">{positions[row * width + at]}</small>
          </li>
        )
      })}
    </ol>
  )
}
