import { useMemo } from 'react'
import type { StartVector } from '../../../../core/tokens.ts'
import { setUntrainedRegisters, untrainedRegisters } from '../../../../sequence/patches.ts'
import { distanceOf } from '../../../../state/readouts.ts'
import { IntegerField } from '../../../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { ReadoutComparison } from '../../../../views/readouts/ReadoutComparison.tsx'
import { samePercent } from '../../../../viz/format.ts'
import { exact } from '../../../../words/numbers.ts'
import { useLab } from '../../../shared/useLab.ts'
import { compareClasses } from '../../comparison.ts'
import { visionReadouts } from '../../state/readouts.ts'
import type { VisionRun } from '../../state/run.ts'
import { useVariants } from '../../useVariants.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

const MOST = 16
const STD = 0.02 // ViT's own initialisation (initializer_range)

const STARTS: readonly StartVector['type'][] = ['normal', 'zeros', 'copy', 'mean']

/** The i-th of some registers. @param trained registers of the model */
function startVector(type: StartVector['type'], i: number, seed: number, trained: number): StartVector {
  if (type === 'normal') return { type, seed: seed + i, std: STD }
  if (type === 'copy') return { type, of: trained === 0 ? 0 : 1 + (i % trained), scale: 1 }
  return { type }
}

/** Whether an answer of the one run is printed differently from the other's. */
function answersDiffer(a: VisionRun, b: VisionRun): boolean {
  const after = new Map(visionReadouts(b).map((readout) => [readout.id, readout]))
  return visionReadouts(a).some((readout) => {
    const other = after.get(readout.id)
    return other !== undefined && !samePercent(0, distanceOf(readout, other))
  })
}

/** Up to sixteen registers that nobody trained, and what they do to the answers. */
export function HandRegisters({ lab, engine, run }: VisionToolProps) {
  const { doc } = useLab(lab.store)
  const without = useMemo(
    () => ({ none: { sequence: setUntrainedRegisters(run.doc.sequence, []) } }),
    [run.doc.sequence],
  )
  const { runs } = useVariants(engine, run, without)
  const trained = run.model.info.image?.registers ?? 0
  const present = untrainedRegisters(doc?.sequence ?? run.doc.sequence)
  const first = present[0]?.start
  const type = first?.type ?? 'normal'
  const seed = first?.type === 'normal' ? first.seed : 1
  const set = (count: number, chosen: StartVector['type'] = type, from = seed) =>
    lab.edit((sequence) =>
      setUntrainedRegisters(
        sequence,
        Array.from({ length: count }, (_, i) => startVector(chosen, i, from, trained)),
      ),
    )
  const shown = untrainedRegisters(run.doc.sequence).length
  return (
    <section className="figure" aria-label={t('hand.label')}>
      <h3>{t('hand.title')}</h3>
      <div className="tool-form">
        <Slider
          label={t('hand.count')}
          value={present.length}
          min={0}
          max={MOST}
          format={(count) => t('hand.beside', { count, trained })}
          onChange={(count) => set(count)}
          testId="hand-registers"
        />
        <Segmented
          label={t('hand.start')}
          showLabel
          value={type}
          options={STARTS.map((start) => ({
            value: start,
            label: t(`hand.${start}`),
            title: t(`hand.${start}.hint`, { std: exact(STD) }),
            disabled: present.length === 0,
          }))}
          onChange={(next) => set(present.length, next)}
          testId="register-start"
        />
        {type === 'normal' && present.length > 0 && (
          <IntegerField
            label={t('hand.seed')}
            value={seed}
            onChange={(next) => set(present.length, type, next)}
            testId="register-seed"
          />
        )}
      </div>
      {present.length > 0 && (
        <p>
          <span className="stamp" data-kind="register" data-untrained>
            {t('untrained')}
          </span>{' '}
          {t('hand.note')}
        </p>
      )}
      {shown > 0 && runs.none && !answersDiffer(runs.none, run) && <p data-testid="hand-none">{t('hand.none')}</p>}
      {shown > 0 && runs.none && (
        <ReadoutComparison
          name={t('hand.effect')}
          columns={[
            { id: 'none', title: t('hand.without') },
            { id: 'with', title: t('hand.with', { count: shown }) },
          ]}
          rows={compareClasses(runs.none, [run])}
        />
      )}
    </section>
  )
}
