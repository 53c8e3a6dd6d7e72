import { EMBEDDED_MODELS } from '../../../state/embedded_models.ts'
import type { Engine } from '../../../state/engine.ts'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { ModelPicker } from '../../shared/ModelPicker.tsx'
import type { OwnModels } from '../../shared/own_models.ts'
import { useLab } from '../../shared/useLab.ts'
import { leftOut, slotsOf, windowOf, withWindow } from './state/doc.ts'
import type { TextMemory } from './state/lab.ts'
import { MOST_SLOTS } from './state/limits.ts'
import { t } from './words/words.ts'

/** The four that come with the page, in the order in which memory gets more of its own. */
const VARIANTS = ['memtransformer', 'memctrl', 'membottleneck', 'nomemory'] as const
const idOf = (variant: string) => `clsroom-${variant}`
/** A window as far as this reaches every text that the model reads. */
const WIDEST = 16

interface MemoryInputProps {
  lab: TextMemory
  engine: Engine
  ownModels: OwnModels
}

/** The variant, how far text reads, how many memory tokens there are, and the two texts. */
export function MemoryInput({ lab, engine, ownModels }: MemoryInputProps) {
  const { model, doc, texts } = useLab(lab.store)
  if (!model || !doc) return null
  const out = leftOut(doc)
  const window = windowOf(doc.mask)
  return (
    <section className="lab-input" aria-label={t('input')}>
      <div className="lab-bar">
        <Segmented
          label={t('input.variant')}
          small
          testId="variant"
          value={model.id}
          options={VARIANTS.map((variant) => ({
            value: idOf(variant),
            label: t(`variant.${variant}`),
            title: t(`variant.${variant}.hint`),
          }))}
          onChange={(id) => void lab.setModel(id)}
        />
        {!EMBEDDED_MODELS.some(({ id }) => id === model.id) && <span className="hint">{model.name}</span>}
        <ModelPicker
          small
          engine={engine}
          needs={['keeps memory']}
          chosen={model.id}
          onChoose={lab.setModel}
          ownModels={ownModels}
        />
        <Slider
          label={t('input.slots')}
          value={slotsOf(doc.sequence).length}
          min={0}
          max={MOST_SLOTS}
          format={String}
          onChange={lab.setSlots}
          testId="slots"
        />
        <Slider
          label={t('input.window')}
          value={window === 0 ? WIDEST + 1 : Math.min(window, WIDEST)}
          min={1}
          max={WIDEST + 1}
          format={(radius) => (radius > WIDEST ? t('input.window.none') : t('input.window.of', { radius }))}
          onChange={(radius) => lab.dragMask(withWindow(doc.mask, radius > WIDEST ? 0 : radius))}
          testId="window"
        />
      </div>
      <div className="segments">
        {texts.map((text, s) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text has no identity beyond its place
          <div className="segment-input" key={s}>
            <label htmlFor={`memory-text-${s}`}>{t(s === 0 ? 'input.first' : 'input.second')}</label>
            <textarea
              id={`memory-text-${s}`}
              data-testid={`text-${s}`}
              value={text}
              rows={1}
              dir="auto"
              spellCheck={false}
              onChange={(event) => lab.setText(s, event.target.value)}
            />
          </div>
        ))}
      </div>
      {out > 0 && (
        <p className="hint" role="status" data-testid="left-out">
          {t('input.left-out', { count: out, most: model.info.maxTokens })}
        </p>
      )}
    </section>
  )
}
