import { useMemo, useState } from 'react'
import { type PaddingSide, pad, setPaddingMask, unpad } from '../../../sequence/padding.ts'
import { active } from '../../../sequence/token.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatChange, formatPercent, formatValue } from '../../../viz/format.ts'
import { useLab } from '../../shared/useLab.ts'
import { sinkShares } from '../state/alignment.ts'
import { type Seq2SeqDoc, specialEntry, textOf } from '../state/doc.ts'
import { logitDifference, totalLogP } from '../state/outputs.ts'
import { runTarget, type Seq2SeqRun, written } from '../state/run.ts'
import { useComputed } from '../useComputed.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

/** Below this, what differs is rounding: sums of f32 in another order. */
const ROUNDING = 1e-3

interface Padded {
  id: 'none' | 'masked' | 'crossOnly' | 'readable'
  run: Seq2SeqRun
  writes: string
}

/** The source padded to a length, and what leaks where PAD can be read. */
export default function PadTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const { doc } = useLab(lab.store)
  const [side, setSide] = useState<PaddingSide>('right')
  const padded = run.source.some(({ kind }) => kind === 'pad')
  const of = useMemo(() => (padded ? { run } : null), [run, padded])
  const found = useComputed<Padded[]>(async (step) => {
    const done: Padded[] = []
    for (const [id, variant] of variants(run.doc)) {
      if (!step(done.length, 4)) break
      const capture = { crossAttentions: true }
      const forced = await runTarget(engine, model, variant, run.target, { capture })
      const free = await written(engine, model, variant)
      done.push({ id, run: forced, writes: textOf(free.tokens) })
    }
    return done
  }, of)
  if (!doc) return null
  const bare = active(unpad(doc.source)).length
  const length = active(doc.source).length
  const most = Math.min(model.info.maxTokens, 128)
  const entry = specialEntry(model, 'pad')
  const padTo = (tokens: number, where: PaddingSide) =>
    lab.editSource((source) => pad(source, tokens, where, entry), 'dragging')
  const masked = hasPaddingMask(doc)
  const reference = found.result?.find(({ id }) => id === 'none')
  return (
    <Panel
      help={null}
      title={t('tool.pad')}
      lead={t('pad.lead')}
      testId="pad-tool"
      actions={
        <Button small disabled={length === bare} onClick={() => lab.editSource(unpad)} data-testid="unpad">
          {t('pad.away')}
        </Button>
      }
    >
      <div className="tool-form">
        <Slider
          label={t('pad.length')}
          min={bare}
          max={Math.max(bare, most)}
          value={length}
          onChange={(tokens) => padTo(tokens, side)}
          disabled={bare >= most}
          testId="pad-length"
        />
        <Segmented
          label={t('pad.side')}
          showLabel
          testId="pad-side"
          value={side}
          options={(['left', 'right'] as const).map((value) => ({ value, label: t(`pad.side.${value}`) }))}
          onChange={(where) => {
            setSide(where)
            if (length > bare) padTo(length, where)
          }}
        />
        <Switch
          label={t('pad.mask')}
          checked={masked}
          onChange={(on) => {
            lab.setMask('encoder', setPaddingMask(doc.masks.encoder, on))
            lab.setMask('cross', setPaddingMask(doc.masks.cross, on))
          }}
          testId="pad-mask"
        />
      </div>
      {!padded && <p className="hint">{t('pad.start')}</p>}
      {padded && !reference && <p className="hint">{t('running.variants')}</p>}
      {padded && reference && (
        <section className="table-scroll" data-testid="pad-leak">
          <table className="table answers">
            <thead>
              <tr>
                <th scope="col">{t('pad.variant')}</th>
                <th scope="col">{t('pad.logits')}</th>
                <th scope="col">{t('pad.log-p')}</th>
                <th scope="col">{t('pad.share')}</th>
                <th scope="col">{t('pad.writes')}</th>
              </tr>
            </thead>
            <tbody>
              {found.result?.map((one) => {
                const difference = logitDifference(reference.run, one.run)
                return (
                  <tr key={one.id} data-variant={one.id} data-leak={difference}>
                    <th scope="row">{t(`pad.${one.id}`)}</th>
                    <td>{one.id === 'none' ? '–' : difference < ROUNDING ? '0' : formatValue(difference)}</td>
                    <td>{formatChange(totalLogP(one.run).sum - totalLogP(reference.run).sum)}</td>
                    <td>{formatPercent(padShare(one.run))}</td>
                    <td className={one.writes === reference.writes ? undefined : 'changed'}>
                      {one.writes || t('readouts.empty')}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
      <p className="hint">{t('pad.hint')}</p>
    </Panel>
  )
}

function hasPaddingMask({ masks }: Seq2SeqDoc): boolean {
  return (['encoder', 'cross'] as const).every((stage) => masks[stage].rules.some(({ type }) => type === 'padding'))
}

/** Without PAD; and with it where nobody may read it, where only the encoder may, and where all may. */
function variants(doc: Seq2SeqDoc): [Padded['id'], Seq2SeqDoc][] {
  const { encoder, cross } = doc.masks
  const masks = (inEncoder: boolean, across: boolean) => ({
    ...doc,
    masks: { ...doc.masks, encoder: setPaddingMask(encoder, inEncoder), cross: setPaddingMask(cross, across) },
  })
  return [
    ['none', { ...masks(true, true), source: unpad(doc.source) }],
    ['masked', masks(true, true)],
    ['crossOnly', masks(false, true)],
    ['readable', masks(false, false)],
  ]
}

/** What part of all cross-attention lands on PAD. */
function padShare({ result, read }: Seq2SeqRun): number {
  const maps = (result.decoder?.crossAttentions ?? []).flatMap((map) => (map ? [sinkShares(map.data, read).pad] : []))
  return maps.reduce((sum, share) => sum + share, 0) / Math.max(1, maps.length)
}
