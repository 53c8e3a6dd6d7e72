import { useMemo } from 'react'
import { PhotoStage } from '../../../views/photo/PhotoStage.tsx'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { differenceBound, shareBound } from '../../../viz/bounds.ts'
import { formatChange, isChange } from '../../../viz/format.ts'
import { Compare, differenceName, runColumns, type Side } from '../../shared/Compare.tsx'
import { canvasOf } from '../../shared/canvases.ts'
import { help as sharedHelp } from '../../shared/help/help.ts'
import { PinButton } from '../../shared/PinButton.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareClasses } from '../comparison.ts'
import { help } from '../help/help.ts'
import { OverlayExport } from '../OverlayExport.tsx'
import { madeBy } from '../provenance.ts'
import { contrastOf, patchReading, patchStatuses, readingName } from '../readings.ts'
import { pairTokens } from '../state/pairing.ts'
import type { VisionRun } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

/** A pinned run against the newest one: on the photo, in the maps, in every hidden state and in the classes. */
export default function CompareTool({ lab, run }: VisionToolProps) {
  const { pinned, look } = useLab(lab.store)
  const sides = useMemo(() => pinned && sidesOf(pinned, run), [pinned, run])
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned || !sides) {
    return (
      <Panel help={null} title={t('compare.title')} testId="compare-tool">
        <p>{t('compare.pin')}</p>
        <div className="row">{pin}</div>
      </Panel>
    )
  }
  const [a, b] = [madeBy(lab, pinned), madeBy(lab, run)]
  const made: Provenance = {
    model: a.model === b.model ? a.model : `${a.model} ${b.model}`,
    state: () => ({ pinned: a.state(), now: b.state() }),
    link: b.link,
  }
  // The tokens of the comparison stand in the order of the run, under the keys that both runs share.
  const asker = sides.b.tokens[run.tokens.findIndex((token) => token.key === look.query)]?.key ?? null
  const choose = (shared: number | null) => {
    const key = run.tokens[sides.b.tokens.findIndex((token) => token.key === shared)]?.key
    if (key !== undefined) lab.look({ query: key, selection: [key] })
  }
  return (
    <>
      <Panel
        help={null}
        title={t('compare.title')}
        lead={t(pinned === run ? 'compare.same' : 'compare.lead')}
        actions={pin}
        testId="compare-tool"
      >
        <p className="hint">{t('compare.hint')}</p>
      </Panel>
      <Overlays
        a={pinned}
        b={run}
        rowA={sides.a.tokens.findIndex(({ key }) => key === asker)}
        rowB={sides.b.tokens.findIndex(({ key }) => key === asker)}
        look={look}
        made={made}
      />
      <Compare
        {...sides}
        choice={look}
        made={made}
        fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        contrast={contrastOf(look)}
        selected={asker}
        onSelect={choose}
        answers={
          <ReadoutComparison name={t('compare.classes')} columns={runColumns()} rows={compareClasses(pinned, [run])} />
        }
      />
    </>
  )
}

function sidesOf(a: VisionRun, b: VisionRun): { a: Side; b: Side } {
  const tokens = pairTokens(a, b)
  return {
    a: { model: a.doc.model, tokens: tokens.a, result: a.result },
    b: { model: b.doc.model, tokens: tokens.b, result: b.result },
  }
}

interface OverlaysProps {
  a: VisionRun
  b: VisionRun
  /** Rows of the token that asks; −1 where a run does not have it. */
  rowA: number
  rowB: number
  look: Parameters<typeof patchReading>[1] & { overlay: { opacity: number; smooth: boolean; fit: boolean } }
  made: Provenance
}

/** What one token reads in both photos, and the difference. */
function Overlays({ a, b, rowA, rowB, look, made }: OverlaysProps) {
  const valuesA = useMemo(() => patchReading(a, look, rowA), [a, look, rowA])
  const valuesB = useMemo(() => patchReading(b, look, rowB), [b, look, rowB])
  const apart = useMemo(() => removedFromOne(a, b), [a, b])
  const bound = shareBound(look.overlay.fit, valuesA ?? [], valuesB ?? [])
  const contrast = contrastOf(look.overlay)
  const difference = useMemo(
    () => (valuesA && valuesB && valuesA.length === valuesB.length ? minus(valuesB, valuesA, apart) : null),
    [valuesA, valuesB, apart],
  )
  const label = b.tokens[rowB]?.label ?? a.tokens[rowA]?.label ?? t('compare.token')
  const name = t('compare.reads', { asker: label, reading: readingName(look) })
  const { opacity, smooth } = look.overlay
  const [pinned, now] = runColumns().map(({ title }) => title)
  const side = (which: 'pinned' | 'now', title: string, run: VisionRun, values: Float32Array | null) => (
    <Panel
      help={help('photo')}
      title={t('compare.photo', { run: title })}
      lead={values ? name : t('compare.missing', { asker: label })}
      actions={
        values && <OverlayExport title={`${title}: ${name}`} {...{ run, values, bound, contrast, opacity, made }} />
      }
      testId={`overlay-${which}`}
    >
      <PhotoStage
        image={canvasOf(run.sharp)}
        alt={`${title}: ${run.photo.name}`}
        rows={run.grid.rows}
        columns={run.grid.columns}
        values={values}
        bound={bound}
        asker={label}
        statuses={patchStatuses(run)}
        overlay={{ opacity, smooth, contrast }}
        maxSize={420}
      />
    </Panel>
  )
  return (
    <div className="compare-maps">
      {side('pinned', pinned ?? '', a, valuesA)}
      {side('now', now ?? '', b, valuesB)}
      <Panel
        help={sharedHelp('difference')}
        title={t('compare.difference', { difference: differenceName() })}
        lead={difference ? saidDifference(difference, b.grid.columns) : undefined}
        actions={
          difference && (
            <OverlayExport
              title={`${differenceName()}: ${name}`}
              run={b}
              values={difference}
              scale="diverging"
              bound={differenceBound(difference)}
              opacity={1}
              made={made}
            />
          )
        }
        testId="overlay-difference"
      >
        {difference ? (
          <PhotoStage
            image={canvasOf(b.sharp)}
            alt={`${differenceName()}: ${b.photo.name}`}
            rows={b.grid.rows}
            columns={b.grid.columns}
            values={difference}
            asker={label}
            statuses={apart.map((removed) => (removed ? 'removed' : 'read'))}
            readAs={(value) => t('compare.more', { asker: label, value })}
            overlay={{ opacity: 1, smooth, scale: 'diverging' }}
            maxSize={420}
          />
        ) : (
          <p className="hint">{t('compare.unfit')}</p>
        )}
      </Panel>
    </div>
  )
}

/** By patch, whether it is missing in one of the runs at least: then there is nothing to subtract. */
function removedFromOne(a: VisionRun, b: VisionRun): boolean[] {
  const [before, after] = [patchStatuses(a), patchStatuses(b)]
  return after.map((status, patch) => status === 'removed' || before[patch] === 'removed')
}

/** NaN for patches that only one run has. */
function minus(b: Float32Array, a: Float32Array, apart: readonly boolean[]): Float32Array {
  return b.map((value, patch) => (apart[patch] ? Number.NaN : value - (a[patch] as number)))
}

/** The patch that changed most, in words. */
function saidDifference(difference: Float32Array, columns: number): string {
  const size = (value = 0) => (Number.isNaN(value) ? -1 : Math.abs(value))
  const most = difference.reduce((best, value, patch) => (size(value) > size(difference[best]) ? patch : best), 0)
  const value = difference[most] ?? Number.NaN
  if (Number.isNaN(value)) return t('compare.apart')
  if (!isChange(value)) return t('compare.unchanged')
  const patch = `${Math.floor(most / columns) + 1},${(most % columns) + 1}`
  return t('compare.most', { patch, change: formatChange(value) })
}
