import { useMemo } from 'react'
import { Button } from '../../../../views/primitives/Button.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { Chart } from '../../../shared/Chart.tsx'
import { useLab } from '../../../shared/useLab.ts'
import { AccuracyBars } from '../AccuracyBars.tsx'
import { accuracyTable } from '../accuracy_table.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { slotsOf } from '../state/doc.ts'
import { REFERENCES } from '../state/reference.ts'
import { REPLACEMENTS, type Replaced } from '../state/replacement.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'
import { INPUTS, useMeasured } from './useMeasured.ts'

/** Where a reader starts: facts are written by then and not read yet. */
const LAYER = 2

/** What memory rows hold, exchanged before a layer: on the shown input, and over many. */
export default function SlotsTool(props: MemoryToolProps) {
  const { lab, run } = props
  const { doc, look } = useLab(lab.store)
  const slots = slotsOf(run.doc.sequence)
  const chosen = slots.flatMap(({ key }, slot) => (look.selection.includes(key) ? [slot] : []))
  const all = slots.map((_, slot) => slot)
  const layer = doc?.replaced?.layer ?? Math.min(LAYER, run.model.info.layers - 1)
  const replaced = doc?.replaced ?? null
  const targets = chosen.length > 0 ? chosen : (replaced?.slots ?? all)
  const { replaced: _, ...plain } = run.doc
  const which = targets.join()
  const of = useMemo(() => ({ run, layer, which }), [run, layer, which])
  const job = useMeasured(
    props,
    () => [
      { id: 'trained' as const, doc: { ...plain, replaced: null } },
      ...REPLACEMENTS.map((by) => ({ id: by, doc: { ...plain, replaced: { by, layer, slots: targets } } })),
    ],
    1,
    of,
  )
  if (slots.length === 0) return <p className="hint">{t('reads.none')}</p>
  const set = (change: Partial<Replaced> | null) =>
    lab.setReplaced(change && { by: replaced?.by ?? 'zeros', layer, slots: targets, ...change })
  const rows = (job.result ?? []).map(({ id, ...share }) => ({ ...share, name: t(`replace.${id}`) }))
  return (
    <>
      <Panel help={null} title={t('slots.title')} lead={t('slots.lead', { count: REFERENCES })} testId="slots-tool">
        <p className="hint">
          {chosen.length > 0
            ? t('slots.chosen', { slots: chosen.map((slot) => slots[slot]?.label ?? '').join(', ') })
            : t('slots.all')}
        </p>
        <Segmented
          label={t('slots.by')}
          showLabel
          small
          value={replaced?.by ?? 'trained'}
          options={(['trained', ...REPLACEMENTS] as const).map((value) => ({
            value,
            label: t(`replace.${value}`),
            title: t(`replace.${value}.hint`),
          }))}
          onChange={(by) => set(by === 'trained' ? null : { by, slots: chosen.length > 0 ? chosen : all })}
          testId="replace"
        />
        <Slider
          label={t('slots.layer')}
          value={layer + 1}
          min={1}
          max={run.model.info.layers}
          format={String}
          onChange={(to) => set({ layer: to - 1 })}
          testId="replace-layer"
        />
        {replaced && (
          <Button small onClick={() => set(null)} data-testid="replace-none">
            {t('slots.restore')}
          </Button>
        )}
      </Panel>
      <Panel
        help={help('slots-measure')}
        title={t('slots.measure')}
        lead={t('slots.measure.lead', { count: INPUTS, layer: layer + 1 })}
        testId="slots-measure"
      >
        <JobBar {...job} action={t('measure')} onStart={job.start} onStop={job.stop} testId="slots-job" />
        {rows.length > 0 && (
          <Chart
            title={t('slots.measure')}
            table={accuracyTable(rows)}
            formats={['csv', 'json']}
            made={madeBy(lab, run)}
          >
            <AccuracyBars label={t('slots.measure')} rows={rows} />
          </Chart>
        )}
        <p className="hint">{t('slots.biased')}</p>
      </Panel>
    </>
  )
}
