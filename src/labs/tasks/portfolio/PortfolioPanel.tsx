import type { PriceNote } from '../../../loaders/portfolio/prices.ts'
import * as edit from '../../../sequence/edit.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { HorizonChart } from './HorizonChart.tsx'
import { help } from './help/help.ts'
import { saidMove } from './said.ts'
import type { PortfolioLab } from './state/lab.ts'
import { type PortfolioRun, rowOfToken } from './state/run.ts'
import { LARGEST_SCALE, MOST_MOVE, shockOf } from './state/shocks.ts'
import { t } from './words/words.ts'

/** The day's window and what is foretold of the days after it; what can be done to the chosen assets, or to all. */
export function PortfolioPanel({ lab, run }: { lab: PortfolioLab; run: PortfolioRun }) {
  const { market, doc } = run
  return (
    <Panel
      help={help('panel')}
      title={t('panel', { count: run.rows.length, date: market.table.dates[doc.day] ?? '' })}
      lead={market.split ? t(`split.${market.split}`) : t('split.own')}
      testId="portfolio-panel"
    >
      <div className="portfolio-body">
        <HorizonChart lab={lab} run={run} />
        <AssetControls lab={lab} />
        <Notes notes={market.table.notes} />
      </div>
    </Panel>
  )
}

/** Of the assets that are chosen in the strip or in the table; of all where none is. */
function AssetControls({ lab }: { lab: PortfolioLab }) {
  const { look, doc } = useLab(lab.store)
  if (!doc) return null
  const assets = doc.sequence.tokens.filter(({ kind }) => kind === 'asset')
  const chosen = assets.filter(({ key }) => look.selection.includes(key))
  const of = chosen.length > 0 ? chosen : assets
  const keys = of.map(({ key }) => key)
  const rows = of.map(rowOfToken)
  const shock = shockOf(doc.shocks, rows[0] ?? -1)
  const isRead = of.some(({ status }) => status === 'read')
  return (
    <fieldset className="asset-controls">
      <legend className="stamp" data-kind="asset" data-testid="chosen-assets">
        {chosen.length === 0
          ? t('assets.all', { count: assets.length })
          : chosen.length === 1
            ? (chosen[0]?.label ?? '')
            : t('assets.some', { count: chosen.length })}
      </legend>
      <div className="row">
        {isRead && (
          <>
            <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'masked'))} data-testid="asset-mask">
              {t('asset.mask')}
            </Button>
            <Button small onClick={() => lab.edit((s) => edit.remove(s, keys))} data-testid="asset-remove">
              {t('asset.remove')}
            </Button>
          </>
        )}
        {of.some(({ status }) => status !== 'read') && (
          <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'read'))} data-testid="asset-restore">
            {t('asset.restore')}
          </Button>
        )}
        <Button small onClick={() => lab.shuffle(performance.now())} data-testid="shuffle">
          {t('asset.shuffle')}
        </Button>
      </div>
      <Segmented
        label={t('leaves')}
        showLabel
        small
        value={doc.leaves}
        options={(['sequence', 'portfolio'] as const).map((value) => ({
          value,
          label: t(`leaves.${value}`),
          title: t(`leaves.${value}.hint`),
        }))}
        onChange={lab.setLeaves}
        testId="leaves"
      />
      <Slider
        label={t('shock.move')}
        value={shock.move}
        min={-MOST_MOVE}
        max={MOST_MOVE}
        step={0.01}
        format={saidMove}
        onChange={(move) => lab.setShock(rows, { move: Number(move.toFixed(2)) })}
        testId="shock-move"
      />
      <Slider
        label={t('shock.scale')}
        value={shock.scale}
        min={0}
        max={LARGEST_SCALE}
        step={0.1}
        format={(scale) => `× ${decimal(scale, 1)}`}
        onChange={(scale) => lab.setShock(rows, { scale: Number(scale.toFixed(1)) })}
        testId="shock-scale"
      />
      {doc.shocks.length > 0 && (
        <Button small look="quiet" onClick={lab.clearShocks} data-testid="shocks-off">
          {t('shock.off', { count: doc.shocks.length })}
        </Button>
      )}
    </fieldset>
  )
}

/** What was done to a table of one's own. */
function Notes({ notes }: { notes: readonly PriceNote[] }) {
  if (notes.length === 0) return null
  return (
    <ul className="hint price-notes" data-testid="price-notes">
      {notes.map((note) => (
        <li key={JSON.stringify(note)}>{saidNote(note)}</li>
      ))}
    </ul>
  )
}

/** So many names are written out. */
const NAMED = 5

function saidNote(note: PriceNote): string {
  switch (note.type) {
    case 'sorted':
      return t('note.sorted', { rows: note.rows })
    case 'filled':
      return t('note.filled', { cells: note.cells, assets: names(note.assets) })
    case 'late':
      return t('note.late', { asset: note.asset, first: note.first || t('note.never') })
    case 'gap':
      return t('note.gap', { asset: note.asset, days: note.days, from: note.from })
    case 'constant':
      return t('note.constant', { assets: names(note.assets) })
  }
}

function names(assets: readonly string[]): string {
  const [shown, rest] = [assets.slice(0, NAMED).join(', '), assets.length - NAMED]
  return rest > 0 ? t('note.more', { assets: shown, count: rest }) : shown
}
