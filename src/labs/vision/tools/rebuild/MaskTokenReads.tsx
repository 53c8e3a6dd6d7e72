import { useMemo } from 'react'
import { FilmStrip } from '../../../../views/photo/FilmStrip.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { peak } from '../../../../viz/matrix.ts'
import { spearman } from '../../../../viz/rank.ts'
import { decimal } from '../../../../words/numbers.ts'
import { canvasOf } from '../../../shared/canvases.ts'
import { useJob } from '../../../shared/useJob.ts'
import { help } from '../../help/help.ts'
import { type DecoderReads, decoderReads, effectOfHiding, type Rebuilt, toPicture } from '../../state/rebuilt.ts'
import { useBeside } from '../../useBeside.ts'
import type { VisionToolProps } from '../props.ts'
import { t } from './words/words.ts'

interface MaskTokenReadsProps extends VisionToolProps {
  one: Rebuilt
  patch: number | null
}

/** What the mask token of a hidden patch reads in every layer of the decoder; beside it, what its drawing needs. */
export function MaskTokenReads(props: MaskTokenReadsProps) {
  const { run, one, patch } = props
  const isHidden = patch !== null && one.hidden.includes(patch)
  const reads = useMemo(() => (isHidden ? decoderReads(run, patch, 'mean') : []), [run, patch, isHidden])
  return (
    <Panel help={help('mask-token-reads')} title={t('reads.title')} lead={t('reads.lead')} testId="mask-token-reads">
      {patch === null && <p className="hint">{t('reads.choose')}</p>}
      {patch !== null && !isHidden && <p className="hint">{t('reads.visible')}</p>}
      {isHidden && reads.length === 0 && <p className="hint">{t('reads.none')}</p>}
      {isHidden && reads.length > 0 && (
        <>
          <Film one={one} reads={reads} />
          <Parts reads={reads} />
          <Needs key={patch} {...props} patch={patch} reads={reads} />
        </>
      )}
    </Panel>
  )
}

function Film({ one, reads }: { one: Rebuilt; reads: readonly DecoderReads[] }) {
  const image = useMemo(() => canvasOf(toPicture(one.truth, one.hole)), [one])
  return (
    <FilmStrip
      image={image}
      rows={one.grid.rows}
      columns={one.grid.columns}
      frames={reads.map(({ layer, shares }) => ({ name: t('reads.layer', { layer: layer + 1 }), values: shares }))}
      bound={Math.max(0.01, ...reads.map(({ shares }) => peak(shares)))}
      label={t('reads.title')}
    />
  )
}

const PARTS = ['visible', 'hidden', 'own', 'cls'] as const

function Parts({ reads }: { reads: readonly DecoderReads[] }) {
  return (
    <div className="table-scroll">
      <table className="table" data-testid="mask-token-parts">
        <caption className="sr-only">{t('reads.title')}</caption>
        <thead>
          <tr>
            <td />
            {PARTS.map((part) => (
              <th key={part} scope="col">
                {t(`reads.parts.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reads.map(({ layer, parts }) => (
            <tr key={layer}>
              <th scope="row">{t('reads.layer', { layer: layer + 1 })}</th>
              {PARTS.map((part) => (
                <td key={part} className="number">
                  {formatPercent(parts[part])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The causal check: visible patches hidden, too, and how far the drawing moves. */
function Needs({
  engine,
  run,
  one,
  patch,
  reads,
}: MaskTokenReadsProps & { patch: number; reads: readonly DecoderReads[] }) {
  const hidden = new Set(one.hidden)
  const visible = [...Array(one.grid.rows * one.grid.columns).keys()].filter((p) => !hidden.has(p))
  const mean = (p: number) => reads.reduce((sum, { shares }) => sum + (shares[p] as number), 0) / reads.length
  const most = visible.reduce<number | null>((best, p) => (best === null || mean(p) > mean(best) ? p : best), null)
  const check = useBeside(run, async (asked) => ({
    asked,
    effect: most === null ? Number.NaN : await effectOfHiding(engine, asked, { asked: patch, hides: most }),
  }))
  const { result, ...job } = useJob<ReadonlyMap<number, number>>(async (step) => {
    const found = new Map<number, number>()
    for (const [i, hides] of visible.entries()) {
      if (!step(i, visible.length)) break
      found.set(hides, await effectOfHiding(engine, run, { asked: patch, hides }))
    }
    return found
  }, run)
  if (most === null) return null
  const effect = check.result?.asked === run ? check.result.effect : null
  return (
    <section className="causal" data-testid="mask-token-check">
      <p>
        {t('reads.most', { patch: most + 1, share: formatPercent(mean(most)) })}{' '}
        {effect !== null && t('reads.check', { effect: decimal(effect, 4) })}
      </p>
      {result?.size === visible.length && <Verdict most={most} effects={result} share={mean} />}
      <JobBar
        action={t('reads.each', { count: visible.length })}
        {...job}
        onStart={job.start}
        onStop={job.stop}
        testId="hide-each"
      />
    </section>
  )
}

interface VerdictProps {
  most: number
  effects: ReadonlyMap<number, number>
  share: (patch: number) => number
}

function Verdict({ most, effects, share }: VerdictProps) {
  const patches = [...effects.keys()]
  const values = [...effects.values()]
  const needed = patches.reduce((best, p) => ((effects.get(p) ?? 0) > (effects.get(best) ?? 0) ? p : best), most)
  return (
    <p data-testid="mask-token-needs">
      {t('reads.needs', {
        patch: needed + 1,
        effect: decimal(effects.get(needed) ?? Number.NaN, 4),
        share: formatPercent(share(needed)),
      })}{' '}
      <strong>{t(needed === most ? 'reads.same' : 'reads.differ')}</strong>{' '}
      {t('reads.rank', { value: decimal(spearman(patches.map(share), values), 2) })}
    </p>
  )
}
