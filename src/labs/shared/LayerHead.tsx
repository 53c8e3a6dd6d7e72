import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { t } from './words/words.ts'

export interface LayerHeadProps {
  /** Layers and heads from 0. */
  choice: { layer: number; head: number | 'mean' }
  info: { layers: number; heads: number }
  onChoice: (change: { layer?: number; head?: number | 'mean' }) => void
  /** What a layer is called that is not one of a single stack. */
  nameOf?: (layer: number) => string | undefined
}

/** Whose maps are shown: a layer, and a head or the mean of all. */
export function LayerHead({ choice, info: { layers, heads }, onChoice, nameOf }: LayerHeadProps) {
  return (
    <>
      <Slider
        label={t('layer')}
        value={choice.layer + 1}
        min={1}
        max={layers}
        format={(layer) => nameOf?.(layer - 1) ?? t('layer.of', { layer, layers })}
        onChange={(layer) => onChoice({ layer: layer - 1 })}
        testId="layer"
      />
      <Segmented
        label={t('head')}
        showLabel
        small
        value={String(choice.head)}
        options={[
          { value: 'mean', label: t('head.mean') },
          ...Array.from({ length: heads }, (_, head) => ({ value: String(head), label: `${head + 1}` })),
        ]}
        onChange={(head) => onChoice({ head: head === 'mean' ? 'mean' : Number(head) })}
        testId="head"
      />
    </>
  )
}
