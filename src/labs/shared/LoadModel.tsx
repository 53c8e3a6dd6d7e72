import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button as AriaButton, DropZone, FileTrigger, Text } from 'react-aria-components'
import { type ErrorReport, reportOf } from '../../core/errors.ts'
import type { Estimate, ModelReference } from '../../engine/protocol.ts'
import type { Engine } from '../../state/engine.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Dialog } from '../../views/primitives/Dialog.tsx'
import { Field } from '../../views/primitives/Field.tsx'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { Loading } from '../../views/shell/Loading.tsx'
import { KeptFiles } from './KeptFiles.tsx'
import { LoadOffer } from './LoadOffer.tsx'
import { type Dropped, droppedFiles, type ModelFileSet, modelFiles } from './model_drop.ts'
import type { OpenModel } from './open_model.ts'
import { useLab } from './useLab.ts'
import { t } from './words/words.ts'

/** From so many bytes of weights on a person is asked before the download. */
const ASKED_FROM = 64e6

/** A model that waits for a yes. */
interface Offer {
  name: string
  estimate: Estimate
}

export interface LoadModelProps {
  engine: Engine
  openModel: OpenModel
  /** What was dropped on the page: it is loaded at once. */
  dropped?: Dropped[]
  onClose: () => void
}

/** A model of one's own: from the Hugging Face hub, from an address, or from files, which stay on this machine. */
export default function LoadModel({ engine, openModel, dropped, onClose }: LoadModelProps) {
  const { progress } = useLab(engine.store)
  const [address, setAddress] = useState('')
  const [underWay, setUnderWay] = useState<string | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  const [offer, setOffer] = useState<Offer | null>(null)
  const stop = useRef(new AbortController())
  /** What was pressed: while its model loads it is disabled, and loses the focus. */
  const asked = useRef<Element | null>(null)
  useEffect(() => () => stop.current.abort(), [])

  /** @param agreed what a large model takes has been seen already */
  async function load(name: string, read: () => ModelReference | Promise<ModelReference>, agreed = false) {
    stop.current = new AbortController()
    const { signal } = stop.current
    asked.current = document.activeElement
    setProblem(null)
    setOffer(null)
    setUnderWay(name)
    try {
      const reference = await read()
      const estimate = agreed ? null : await engine.estimate(reference, signal)
      signal.throwIfAborted()
      if (estimate && estimate.weightBytes > ASKED_FROM) {
        setOffer({ name, estimate })
        return
      }
      await openModel(reference, signal)
      onClose()
    } catch (thrown) {
      if (!signal.aborted) setProblem(reportOf(thrown))
    } finally {
      setUnderWay(null)
    }
  }

  const loadFiles = (read: () => ModelFileSet | Promise<ModelFileSet>) => void load(t('load.files.name'), read)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was dropped is loaded once
  useEffect(() => {
    if (dropped) loadFiles(() => droppedFiles(dropped))
  }, [dropped])
  const busy = underWay !== null
  useEffect(() => {
    // What was dropped on the page was asked for from outside the sheet, which gives the focus back when it is closed.
    if (!busy && asked.current?.closest('[role=dialog]') && asked.current instanceof HTMLElement) asked.current.focus()
  }, [busy])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const reference = address.trim()
    if (reference && !busy) void load(reference, () => reference)
  }

  return (
    <Dialog title={t('load')} onClose={onClose} testId="load-model">
      <p>{t('load.what')}</p>
      <DropZone
        className="drop-zone"
        aria-label={t('load.drop')}
        isDisabled={busy}
        onDrop={({ items }) => loadFiles(() => droppedFiles(items.filter((item) => item.kind !== 'text')))}
      >
        <Text slot="label">{t('load.drop.hint')}</Text>
        <div className="drop-zone-buttons">
          <FileTrigger acceptDirectory onSelect={(files) => files?.length && loadFiles(() => modelFiles(files))}>
            <AriaButton className="button button-main" isDisabled={busy}>
              {t('load.folder')}
            </AriaButton>
          </FileTrigger>
          <FileTrigger allowsMultiple onSelect={(files) => files?.length && loadFiles(() => modelFiles(files))}>
            <AriaButton className="button" isDisabled={busy}>
              {t('load.files')}
            </AriaButton>
          </FileTrigger>
        </div>
      </DropZone>
      <form className="load-address" onSubmit={submit}>
        <Field label={t('load.address')} hint={t('load.address.hint')}>
          {(ids) => (
            <span className="load-address-row">
              <input
                {...ids}
                className="input"
                readOnly={busy}
                value={address}
                onChange={(event) => {
                  setAddress(event.target.value)
                  setOffer(null)
                }}
                placeholder={t('load.address.example')}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                data-testid="model-address"
              />
              <Button type="submit" disabled={busy || address.trim() === ''}>
                {t('load.go')}
              </Button>
            </span>
          )}
        </Field>
      </form>
      {offer && (
        <LoadOffer
          estimate={offer.estimate}
          onTake={() => void load(offer.name, () => offer.name, true)}
          onLeave={() => setOffer(null)}
        />
      )}
      {underWay ? (
        <Loading
          what={t('load.under-way', { name: underWay })}
          loaded={progress?.loaded}
          total={progress?.total}
          onCancel={() => stop.current.abort()}
        />
      ) : (
        <KeptFiles />
      )}
      {problem && <ErrorBanner error={problem} onDismiss={() => setProblem(null)} />}
    </Dialog>
  )
}
