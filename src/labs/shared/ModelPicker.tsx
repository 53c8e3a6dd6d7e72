import { lazy, Suspense, useState } from 'react'
import { EMBEDDED_MODELS } from '../../state/embedded_models.ts'
import type { Engine } from '../../state/engine.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import type { OpenModel } from './LoadModel.tsx'
import { useLab } from './useLab.ts'

// Most people never open it.
const LoadModel = lazy(() => import('./LoadModel.tsx'))

export interface ModelPickerProps {
  engine: Engine
  modality: 'text' | 'image'
  chosen: string
  /** Resolves to whether the model is shown now. */
  onChoose: (id: string) => Promise<boolean>
  openModel: OpenModel
  small?: boolean
}

/** Which model runs: those that come with the page, those a person loaded, and a way to load another. */
export function ModelPicker({ engine, modality, chosen, onChoose, openModel, small }: ModelPickerProps) {
  const { models } = useLab(engine.store)
  const [loading, setLoading] = useState(false)
  const embedded = EMBEDDED_MODELS.filter((model) => model.modality === modality)
  const own = Object.values(models).filter(
    ({ source, info, tokenizerJson }) =>
      source !== 'embedded' && info.modality === modality && (modality === 'image' || tokenizerJson),
  )
  /** Gives back what a large model takes. */
  const unload = async () => {
    const first = embedded[0]?.id
    if (first && (await onChoose(first))) await engine.unload(chosen)
  }
  return (
    <div className="model-picker">
      <Segmented
        label="Model"
        small={small}
        value={chosen}
        options={[
          ...embedded.map(({ id, title }) => ({ value: id, label: title })),
          ...own.map(({ id, name }) => ({ value: id, label: name, title: id })),
        ]}
        onChange={(id) => void onChoose(id)}
        testId="model"
      />
      <Button small look="quiet" onClick={() => setLoading(true)} data-testid="own-model">
        Your own model…
      </Button>
      {own.some(({ id }) => id === chosen) && (
        <Button small look="quiet" onClick={unload} data-testid="unload-model">
          Unload it
        </Button>
      )}
      {loading && (
        <Suspense>
          <LoadModel engine={engine} openModel={openModel} onClose={() => setLoading(false)} />
        </Suspense>
      )}
    </div>
  )
}
