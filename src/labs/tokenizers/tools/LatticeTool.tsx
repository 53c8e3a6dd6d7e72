import { useMemo, useRef } from 'react'
import type { LatticeView } from '../../../tokenizers/measure.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { arcRows } from '../arc_rows.ts'
import { madeBy } from '../provenance.ts'
import { type GoodColumn, isGood } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

const BEST = 8
const DRAWS = 500
/** A longer word's lattice is no picture. */
const MOST_LETTERS = 40

/** All ways that a Unigram could cut a word: the best in bold, the next best, and ways drawn by chance. */
export default function LatticeTool({ lab, run }: TokenizerToolProps) {
  const { look } = useLab(lab.store)
  const column = useMemo(
    () => run.columns.find((one): one is GoodColumn => isGood(one) && one.info.kind === 'Unigram'),
    [run],
  )
  const words = column?.reading.words.filter(({ text }) => text) ?? []
  const place = Math.min(look.word, Math.max(0, words.length - 1))
  const word = words[place]?.text.slice(0, MOST_LETTERS) ?? ''
  const { alpha, seed } = look
  const job = useOwnJob<LatticeView | null>(
    async () =>
      column && word
        ? lab.worker.call('lattice', { column: column.key, word, best: BEST, alpha, draws: DRAWS, seed })
        : null,
    column && word ? `${column.key} ${word} ${alpha} ${seed}` : null,
  )
  if (!column)
    return (
      <Panel help={null} title={t('lattice')}>
        {t('lattice.none')}
      </Panel>
    )
  const view = job.result
  return (
    <Panel help={null} title={t('lattice')} lead={t('lattice.lead')} testId="lattice-tool">
      <Select
        inline
        label={t('lattice.word')}
        testId="lattice-word"
        value={String(place)}
        options={words.slice(0, 60).map(({ text }, i) => ({ value: String(i), label: text }))}
        onChange={(chosen) => lab.look({ word: Number(chosen) })}
      />
      {view && (
        <>
          <Arcs lab={lab} run={run} view={view} word={word} />
          <table className="table table-wraps" data-testid="n-best">
            <caption className="hint">{t('lattice.n-best')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('lattice.cut')}</th>
                <th scope="col">{t('lattice.score')}</th>
                <th scope="col">{t('lattice.probability')}</th>
              </tr>
            </thead>
            <tbody>
              {view.nBest.map(({ pieces, score, probability }, i) => (
                <tr key={pieces.join(' ')} data-chosen={i === 0 || undefined}>
                  <th scope="row" className="mono">
                    {pieces.join(' · ')}
                  </th>
                  <td className="mono">{decimal(score, 2)}</td>
                  <td className="mono">{formatPercent(probability)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Slider
            label={t('lattice.alpha')}
            hint={t('lattice.alpha.hint')}
            testId="alpha"
            value={alpha}
            min={0}
            max={2}
            step={0.1}
            format={(value) => decimal(value, 1)}
            onChange={(value) => lab.look({ alpha: value })}
          />
          <Seed lab={lab} seed={seed} />
          <Drawn drawn={view.drawn} draws={DRAWS} />
        </>
      )}
    </Panel>
  )
}

/** The seed of what is drawn by chance. */
export function Seed({ lab, seed }: Pick<TokenizerToolProps, 'lab'> & { seed: number }) {
  return (
    <div className="row">
      <IntegerField inline label={t('seed')} value={seed} max={1e9} onChange={(value) => lab.look({ seed: value })} />
      <Button small onClick={() => lab.look({ seed: seed + 1 })}>
        {t('seed.next')}
      </Button>
    </div>
  )
}

/** Ways that were drawn, and how often each. */
export function Drawn({ drawn, draws }: { drawn: LatticeView['drawn']; draws: number }) {
  return (
    <table className="table table-wraps" data-testid="drawn">
      <caption className="hint">{t('drawn', { draws })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('lattice.cut')}</th>
          <th scope="col">{t('drawn.share')}</th>
        </tr>
      </thead>
      <tbody>
        {drawn.map(({ pieces, times }) => (
          <tr key={pieces.join('\0')}>
            <th scope="row" className="mono">
              {pieces.join(' · ')}
            </th>
            <td className="mono">{formatPercent(times / draws)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const LETTER = 34
const LEVEL = 22

type ArcsProps = Pick<TokenizerToolProps, 'lab' | 'run'> & { view: LatticeView; word: string }

/** Letters in a line, every piece an arc over the letters that it covers; thicker the more ways go through it. */
function Arcs({ lab, run, view, word }: ArcsProps) {
  const frame = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => arcRows(view.arcs), [view])
  const levels = Math.max(1, ...rows.map(({ level }) => level + 1))
  const width = LETTER * view.letters.length + 8
  const height = LEVEL * levels + 40
  const table = {
    columns: [t('step.piece'), t('lattice.from'), t('lattice.to'), t('step.log'), t('lattice.share')],
    rows: view.arcs.map(({ piece, from, to, score, share }) => [piece, from, to, score, share]),
  }
  return (
    <Chart
      title={t('lattice.of', { word })}
      lead={t('lattice.arcs')}
      table={table}
      made={madeBy(lab, run)}
      testId="lattice"
    >
      <div className="lattice" ref={frame}>
        <svg width={width} height={height} role="img" aria-label={t('lattice.of', { word })}>
          {rows.map(({ arc, level }) => {
            const [x1, x2] = [4 + LETTER * arc.from + 3, 4 + LETTER * arc.to - 3]
            const y = height - 30 - LEVEL * level
            return (
              <g key={`${arc.from} ${arc.to}`} className="lattice-arc" data-best={arc.best || undefined}>
                <line x1={x1} x2={x2} y1={y} y2={y} strokeWidth={1.5 + 6 * arc.share} />
                <text x={(x1 + x2) / 2} y={y - 5} textAnchor="middle">
                  {arc.piece}
                </text>
                <title>{`${arc.piece}: ${decimal(arc.score, 2)}, ${formatPercent(arc.share)}`}</title>
              </g>
            )
          })}
          {view.letters.map((letter, i) => (
            <text
              // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
              key={i}
              className="lattice-letter"
              x={4 + LETTER * (i + 0.5)}
              y={height - 8}
              textAnchor="middle"
            >
              {letter}
            </text>
          ))}
        </svg>
      </div>
    </Chart>
  )
}
