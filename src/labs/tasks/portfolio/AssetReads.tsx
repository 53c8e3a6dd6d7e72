import { useMemo, useState } from 'react'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { ScaleLegend } from '../../../views/maps/ScaleLegend.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { shareBound } from '../../../viz/bounds.ts'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from './help/help.ts'
import { ReadingControls } from './ReadingControls.tsx'
import { headName, shortName } from './said.ts'
import type { PortfolioLab } from './state/lab.ts'
import { assetsInEffect, classReadings } from './state/reads.ts'
import { assetTokens, type PortfolioRun } from './state/run.ts'
import { t } from './words/words.ts'

/** So many assets are listed before the reader asks for more. */
const LISTED = 40

/** Which assets each class token reads, on one scale; in the order of what the chosen token reads most. */
export function AssetReads({ lab, run }: { lab: PortfolioLab; run: PortfolioRun }) {
  const { look } = useLab(lab.store)
  const [all, setAll] = useState(false)
  const readings = useMemo(() => classReadings(run, look), [run, look])
  const assets = useMemo(() => assetTokens(run.tokens), [run])
  const where = t('reads.where', { layer: look.layer + 1, head: headName(look.head) })
  const chosen = readings?.findIndex(({ token }) => token.key === look.query) ?? -1
  const order = useMemo(() => {
    const by = readings?.[Math.max(0, chosen)]?.assets
    const places = [...assets.keys()]
    return by ? places.sort((a, b) => (by[b] as number) - (by[a] as number)) : places
  }, [assets, readings, chosen])
  if (!readings || readings.length === 0 || assets.length === 0) {
    return (
      <Panel help={help('reads')} title={t('reads')} testId="asset-reads">
        <ReadingControls lab={lab} run={run} />
        <p className="hint">{t(assets.length === 0 ? 'reads.no-asset' : 'reads.no-cls')}</p>
      </Panel>
    )
  }
  const listed = all ? order : order.slice(0, LISTED)
  const values = listed.flatMap((place) => readings.map(({ assets: shares }) => shares[place] as number))
  const bound = shareBound(look.fit, ...readings.map(({ assets: shares }) => shares))
  const row = listed.findIndex((place) => look.selection.includes(assets[place]?.key ?? -1))
  return (
    <Panel help={help('reads')} title={t('reads')} lead={t('reads.lead', { where })} testId="asset-reads">
      <ReadingControls lab={lab} run={run} />
      <HeatGrid
        name={t('reads.grid')}
        rows={listed.map((place) => assets[place]?.label ?? '')}
        columns={readings.map(({ token }) => shortName(token.label))}
        values={values}
        bound={bound}
        format={(value) => formatPercent(value)}
        selected={row >= 0 && chosen >= 0 ? [row, chosen] : null}
        onSelect={(r, c) => {
          const [asset, cls] = [assets[listed[r] ?? -1], readings[c]?.token]
          if (asset && cls) lab.look({ query: cls.key, selection: [asset.key] })
        }}
      />
      {order.length > LISTED && (
        <Button small look="quiet" onClick={() => setAll(!all)} data-testid="reads-all">
          {all ? t('reads.fewer', { count: LISTED }) : t('reads.all', { count: order.length })}
        </Button>
      )}
      <ScaleLegend scale="ink" bound={bound} fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }} />
      <ul className="hint reads-facts" data-testid="reads-facts">
        {readings.map(({ token, assets: shares, own, classTokens }) => (
          <li key={token.key}>
            {t('reads.facts', {
              token: token.label,
              count: decimal(assetsInEffect(shares), 1),
              own: formatPercent(own),
              others: formatPercent(classTokens),
            })}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
