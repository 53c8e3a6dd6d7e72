import { Suspense, useEffect, useRef, useState } from 'react'
import { type Capability, canAll, capabilitiesOf } from '../../state/capabilities.ts'
import { EMBEDDED_MODELS } from '../../state/embedded_models.ts'
import type { Engine } from '../../state/engine.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { lazyPart } from './lazy_part.ts'
import { type Dropped, isModel, itemsOf } from './model_drop.ts'
import type { OwnModels } from './own_models.ts'
import { useLab } from './useLab.ts'
import { t } from './words/words.ts'

// Most people never open it.
const LoadModel = lazyPart(
  () => import('./LoadModel.tsx'),
  ({ onClose }) => onClose(),
)
const ModelCard = lazyPart(() => import('./card/ModelCard.tsx'))

/** More than these are a list to open, and not a row of buttons. */
const ROW = 4

export interface ModelPickerProps {
  engine: Engine
  /** What a model must be able to do to be offered. */
  needs: readonly Capability[]
  chosen: string
  /** Resolves to whether the model is shown now. */
  onChoose: (id: string) => Promise<boolean>
  ownModels: OwnModels
  small?: boolean
}

/** Which model runs: those that come with the page, those a person loaded, and a way to load another. */
export function ModelPicker({ engine, needs, chosen, onChoose, ownModels, small }: ModelPickerProps) {
  const { models } = useLab(engine.store)
  /** What the sheet is open with: nothing yet, or what was dropped on the page. */
  const [sheet, setSheet] = useState<{ dropped?: Dropped[] } | null>(null)
  const [about, setAbout] = useState(false)
  useDroppedModels(sheet === null ? (dropped) => setSheet({ dropped }) : null)
  const embedded = EMBEDDED_MODELS.filter(({ can }) => canAll(can, needs))
  const own = Object.values(models).filter(
    ({ source, info, tokenizerJson }) =>
      source !== 'embedded' &&
      canAll(capabilitiesOf(info), needs) &&
      (tokenizerJson || !needs.some((need) => need === 'reads text' || need === 'reads batches')),
  )
  const model = models[chosen]
  const title = embedded.find(({ id }) => id === chosen)?.title ?? model?.name ?? chosen
  /** Gives back what a large model takes. */
  const unload = async () => {
    const first = embedded[0]?.id
    if (first && (await onChoose(first))) await engine.unload(chosen)
  }
  const choice = {
    label: t('model'),
    value: chosen,
    options: [
      ...embedded.map(({ id, title }) => ({ value: id, label: title })),
      ...own.map(({ id, name }) => ({ value: id, label: name, title: id })),
    ],
    onChange: (id: string) => void onChoose(id),
    testId: 'model',
  }
  return (
    <div className="model-picker">
      {choice.options.length > ROW ? <Select inline {...choice} /> : <Segmented small={small} {...choice} />}
      {model && (
        <Button
          small
          look="quiet"
          aria-haspopup="dialog"
          aria-label={t('model.about', { model: title })}
          title={t('model.about', { model: title })}
          onClick={() => setAbout(true)}
          data-testid="about-model"
        >
          <span className="about-sign" aria-hidden="true">
            {'i'}
          </span>
        </Button>
      )}
      <Button small look="quiet" onClick={() => setSheet({})} data-testid="own-model">
        {t('model.own')}
      </Button>
      {own.some(({ id }) => id === chosen) && (
        <Button small look="quiet" onClick={unload} data-testid="unload-model">
          {t('model.unload')}
        </Button>
      )}
      {about && model && (
        <Suspense>
          <ModelCard model={model} title={title} onClose={() => setAbout(false)} />
        </Suspense>
      )}
      {sheet && (
        <Suspense>
          <LoadModel engine={engine} ownModels={ownModels} dropped={sheet.dropped} onClose={() => setSheet(null)} />
        </Suspense>
      )}
    </div>
  )
}

/** A model may be dropped anywhere on the page: it is taken before those who take any file. @param onDrop null: not now */
function useDroppedModels(onDrop: ((items: Dropped[]) => void) | null): void {
  const newest = useRef(onDrop)
  newest.current = onDrop
  useEffect(() => {
    const drop = (event: DragEvent) => {
      const items = event.dataTransfer ? itemsOf(event.dataTransfer) : []
      if (!newest.current || !isModel(items)) return
      event.preventDefault()
      newest.current(items)
    }
    window.addEventListener('drop', drop, { capture: true })
    return () => window.removeEventListener('drop', drop, { capture: true })
  }, [])
}
