import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { useLab } from '../../shared/useLab.ts'
import type { PortfolioLab } from './state/lab.ts'
import type { PortfolioRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Whose maps are shown: a layer, and a head or the mean of all. */
export function ReadingControls({ lab, run }: { lab: PortfolioLab; run: PortfolioRun }) {
  const { look } = useLab(lab.store)
  const { layers, heads } = run.model.info
  return (
    <div className="row">
      <Slider
        label={t('layer')}
        value={look.layer + 1}
        min={1}
        max={layers}
        format={(layer) => t('layer.of', { layer, layers })}
        onChange={(layer) => lab.look({ layer: layer - 1 })}
        testId="layer"
      />
      <Segmented
        label={t('head')}
        showLabel
        small
        value={String(look.head)}
        options={[
          { value: 'mean', label: t('heads.short') },
          ...Array.from({ length: heads }, (_, head) => ({ value: String(head), label: `${head + 1}` })),
        ]}
        onChange={(head) => lab.look({ head: head === 'mean' ? 'mean' : Number(head) })}
        testId="head"
      />
    </div>
  )
}
