import { useMemo } from 'react'
import { setStatus } from '../../../sequence/edit.ts'
import type { Measured } from '../../../state/key_effect.ts'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { FilmFrame } from '../../../views/photo/FilmStrip.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { filmSvg } from '../../../viz/film_svg.ts'
import { formatPercent } from '../../../viz/format.ts'
import { type LayerRead, meanParts, mostReadKey } from '../../../viz/layer_reads.ts'
import { peak } from '../../../viz/matrix.ts'
import { layerName } from '../../../viz/names.ts'
import { numbered } from '../../../viz/table.ts'
import { Chart } from '../../shared/Chart.tsx'
import { canvasOf } from '../../shared/canvases.ts'
import { CausalCheck, strengthOf, turnOf } from '../../shared/reads/CausalCheck.tsx'
import { HeadSelect } from '../../shared/reads/HeadSelect.tsx'
import { useKeyEffects } from '../../shared/reads/useKeyEffects.ts'
import { useReads } from '../../shared/reads/useReads.ts'
import { t } from '../../shared/reads/words/words.ts'
import { useLab } from '../../shared/useLab.ts'
import { headTitle } from '../comparison.ts'
import { madeBy } from '../provenance.ts'
import { onGrid, rowOfKey } from '../readings.ts'
import { visionReadouts } from '../state/readouts.ts'
import type { VisionRun } from '../state/run.ts'
import { vary } from '../state/variations.ts'
import { TaughtNote } from '../TaughtNote.tsx'
import type { VisionToolProps } from './props.ts'

const SIDE = 96

/** One line of the figure: a small picture and what it says in numbers. */
interface FilmLine {
  name: string
  /** [N] */
  values: Float32Array
  parts: LayerRead['parts'] | null
  /** The key that is read, or needed, most. */
  most: string
}

/** What one token, [CLS] unless another is asked, reads in every layer as small pictures; beside it, what it needs. */
export default function ReadsTool({ lab, engine, run }: VisionToolProps) {
  const { look } = useLab(lab.store)
  const theme = useTheme()
  const asked = rowOfKey(run, look.query)
  const row = asked < 0 ? run.pooledRow : asked
  const labels = useMemo(() => run.tokens.map(nameOf), [run])
  const token = labels[row] ?? ''
  const { head } = look
  const { reads, shares, most, all } = useReads(run, row, head)
  const before = useMemo(() => measured(run), [run])
  const checks = useKeyEffects({
    run,
    before,
    wanted: most === null ? [] : [most],
    all,
    without: async (key) => {
      const sequence = setStatus(run.doc.sequence, [run.tokens[key]?.key ?? -1], 'masked')
      return measured(await vary(engine, run, { sequence }, { attentions: false }))
    },
  })

  const mostOf = (values: ArrayLike<number>) => {
    const key = mostReadKey(values, row)
    return key === null ? '–' : `${labels[key]} ${formatPercent(values[key] as number)}`
  }
  const lines: FilmLine[] = [
    ...reads.flatMap((read) =>
      read
        ? [
            {
              name: layerName(read.layer),
              values: onGrid(run, read.shares),
              parts: read.parts,
              most: mostOf(read.shares),
            },
          ]
        : [],
    ),
    { name: t('mean'), values: onGrid(run, shares), parts: meanParts(reads), most: mostOf(shares) },
  ]
  const needs = labels.map((_, key) => strengthOf(checks.effects.get(key), row))
  const turns = labels.map((_, key) => turnOf(checks.effects.get(key), row))
  const every = all.every((key) => checks.effects.has(key))
  const effects: FilmLine[] = every
    ? [
        { name: t('moves'), values: onGrid(run, needs.map(known)), parts: null, most: mostOf(needs.map(known)) },
        {
          name: t('turns', { token }),
          values: onGrid(run, turns.map(known)),
          parts: null,
          most: mostOf(turns.map(known)),
        },
      ]
    : []
  const title = t('title', { token })
  const name = `${title}, ${t('figure')}`
  const lead = head === 'mean' ? t('lead.mean') : t('lead.head', { head: head + 1 })
  const { rows, columns } = run.grid
  const drawn = [...lines, ...effects]
  return (
    <Panel
      help={null}
      title={title}
      lead={`${lead} ${t('lead.other')}`}
      testId="reads-tool"
      actions={
        <HeadSelect
          heads={run.model.info.heads}
          head={head}
          onHead={(next) => lab.look({ head: next, reading: 'head' })}
        />
      }
    >
      <TaughtNote model={run.model.id} />
      <Chart
        title={t('figure')}
        lead={t('moves.hint')}
        made={madeBy(lab, run)}
        table={{
          columns: [t('layer'), t('special'), t('patches'), t('own'), ...numbered(labels)],
          rows: [
            ...reads.flatMap((read) =>
              read
                ? [[layerName(read.layer), read.parts.special, read.parts.content, read.parts.own, ...read.shares]]
                : [],
            ),
            [t('moves'), Number.NaN, Number.NaN, Number.NaN, ...needs],
            [t('turns', { token }), Number.NaN, Number.NaN, Number.NaN, ...turns],
          ],
        }}
        svg={() =>
          filmSvg({
            title,
            photo: canvasOf(run.sharp).toDataURL('image/jpeg', 0.9),
            rows,
            columns,
            theme,
            frames: drawn.map((line) => ({ name: line.name, values: line.values, notes: notesOf(line) })),
          })
        }
        testId="layer-reads"
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
        <section className="table-scroll" tabIndex={0} aria-label={name} data-testid="reads-table">
          <table className="table table-wraps film-table">
            <caption className="sr-only">{name}</caption>
            <thead>
              <tr>
                <td />
                <th scope="col">{t('picture')}</th>
                {[t('special'), t('patches'), t('own'), t('most')].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {drawn.map((line) => (
                <tr key={line.name} data-row={line.name}>
                  <th scope="row">{line.name}</th>
                  <td>
                    <FilmFrame
                      image={canvasOf(run.sharp)}
                      rows={rows}
                      columns={columns}
                      values={line.values}
                      overlay={{ ...look.overlay, mass: null }}
                      bound={peak(line.values)}
                      size={SIDE}
                    />
                    <span className="hint">{t('peak', { peak: formatPercent(peak(line.values)) })}</span>
                  </td>
                  <td className="number">{line.parts && formatPercent(line.parts.special)}</td>
                  <td className="number">{line.parts && formatPercent(line.parts.content)}</td>
                  <td className="number">{line.parts && formatPercent(line.parts.own)}</td>
                  <td>{line.most}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Chart>
      <CausalCheck
        token={token}
        row={row}
        labels={labels}
        shares={shares}
        most={most}
        all={all}
        question={headTitle}
        {...checks}
      />
    </Panel>
  )
}

function nameOf({ kind, label }: VisionRun['tokens'][number]): string {
  return kind === 'patch' ? t('patch', { patch: label }) : label
}

function notesOf({ values, parts, most }: FilmLine): string[] {
  const said = [t('peak', { peak: formatPercent(peak(values)) }), `${t('most')}: ${most}`]
  if (!parts) return said
  return [
    ...said,
    `${t('special')} ${formatPercent(parts.special)}`,
    `${t('patches')} ${formatPercent(parts.content)}`,
    `${t('own')} ${formatPercent(parts.own)}`,
  ]
}

/** The token itself was not masked: over the photo it shows nothing. */
function known(value: number): number {
  return Number.isNaN(value) ? 0 : value
}

function measured(run: VisionRun): Measured {
  return {
    readouts: visionReadouts(run),
    last: run.result.hiddenStates.at(-1) ?? { dims: [0, 0], data: new Float32Array() },
  }
}
