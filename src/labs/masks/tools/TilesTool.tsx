import { useMemo } from 'react'
import { CopyButton } from '../../../views/primitives/CopyButton.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { toCsv } from '../../../viz/table.ts'
import { exact } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { type Cost, costOf, ownBand } from '../state/cost.ts'
import { skippedCells, TILE_SIDES } from '../state/tiles.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** What the mask costs by tiles, against a dense one; and what our own kernel really leaves out. */
export default function TilesTool({ lab, run }: MasksToolProps) {
  const { look } = useLab(lab.store)
  const { layer, head, tile } = look
  const T = run.tokens.length
  const costs = useMemo(() => TILE_SIDES.map((side) => costOf(run, { layer, head }, side)), [run, layer, head])
  const band = ownBand(run, layer)
  const skipped = skippedCells(T, band)
  const chosen = costs.find(({ side }) => side === tile) ?? (costs[0] as Cost)
  const rows: { id: string; title: string; cell: (cost: Cost) => string }[] = [
    { id: 'full', title: t('tiles.full'), cell: ({ here }) => exact(here.full) },
    { id: 'partial', title: t('tiles.partial'), cell: ({ here }) => exact(here.partial) },
    { id: 'empty', title: t('tiles.empty'), cell: ({ here }) => exact(here.empty) },
    { id: 'flops', title: t('tiles.flops'), cell: ({ flops }) => inUnits(flops) },
    {
      id: 'flops-share',
      title: t('tiles.flops.share'),
      cell: ({ flops, dense }) => formatPercent(flops / dense.flops),
    },
    { id: 'bytes', title: t('tiles.bytes'), cell: ({ bytes }) => inUnits(bytes) },
    {
      id: 'bytes-share',
      title: t('tiles.bytes.share'),
      cell: ({ bytes, dense }) => formatPercent(bytes / dense.bytes),
    },
  ]
  return (
    <Panel
      help={null}
      title={t('tiles')}
      lead={t('tiles.lead')}
      testId="tiles-tool"
      actions={
        <CopyButton
          small
          label={t('tiles.csv')}
          text={() =>
            toCsv({
              columns: ['side', 'full', 'partial', 'empty', 'flops', 'dense flops', 'bytes', 'dense bytes'],
              rows: costs.map(({ side, here, flops, bytes, dense }) => [
                ...[side, here.full, here.partial, here.empty, flops, dense.flops, bytes, dense.bytes],
              ]),
            })
          }
          testId="copy-tiles"
        />
      }
    >
      <Segmented
        label={t('tiles.side')}
        small
        showLabel
        testId="tile-side"
        value={String(tile)}
        options={TILE_SIDES.map((side) => ({ value: String(side), label: `${side}` }))}
        onChange={(side) => lab.look({ tile: TILE_SIDES.find((one) => String(one) === side) ?? tile })}
      />
      <table className="table tiles-table">
        <caption className="sr-only">{t('tiles')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tiles.side')}</th>
            {costs.map(({ side }) => (
              <th key={side} scope="col" data-selected={side === tile || undefined}>
                {side}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, title, cell }) => (
            <tr key={id} data-testid={`tiles-${id}`}>
              <th scope="row">{title}</th>
              {costs.map((cost) => (
                <td key={cost.side} className="mono" data-selected={cost.side === tile || undefined}>
                  {cell(cost)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {t('tiles.dense', {
          flops: inUnits(chosen.dense.flops),
          bytes: inUnits(chosen.dense.bytes),
          heads: run.info.heads,
          layers: run.info.layers,
        })}
      </p>
      <h3>{t('own')}</h3>
      <p data-testid="own-kernel">
        {t(skipped === 0 ? 'own.none' : 'own.band', {
          skipped,
          all: T * T,
          share: formatPercent(skipped / (T * T)),
          empty: formatPercent(1 - chosen.here.computed / (T * T)),
        })}
      </p>
    </Panel>
  )
}

/** 1234567 as 1.23 M: three digits are what these estimates are worth. */
function inUnits(count: number): string {
  const step = [1e9, 1e6, 1e3].findIndex((unit) => count >= unit)
  if (step < 0) return exact(count)
  const unit = [1e9, 1e6, 1e3][step] as number
  return `${exact(Number((count / unit).toPrecision(3)))} ${['G', 'M', 'k'][step]}`
}
