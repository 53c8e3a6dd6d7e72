import { useEffect, useRef, useState } from 'react'
import type { ErrorReport } from '../core/errors.ts'
import { Button } from '../views/primitives/Button.tsx'
import { Dialog } from '../views/primitives/Dialog.tsx'
import { ErrorBanner } from '../views/shell/Banner.tsx'
import { Loading } from '../views/shell/Loading.tsx'
import { decimal } from '../words/numbers.ts'
import {
  askToPersist,
  canKeep,
  type KeptModel,
  keepModels,
  keptModels,
  onKept,
  problemOf,
  type Storage,
  storageOf,
} from './offline.ts'
import { t } from './words.ts'

/** What is kept on this machine, and what else can be: the page without a network. */
export default function Offline({ baseUrl, onClose }: { baseUrl: string; onClose: () => void }) {
  const [models, setModels] = useState<KeptModel[] | null>(null)
  const [storage, setStorage] = useState<Storage | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState(false)
  const stop = useRef<AbortController>(null)
  const look = async () => {
    if (!canKeep()) return
    setModels(await keptModels(baseUrl))
    setStorage(await storageOf())
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the sheet opens, and whenever more is kept
  useEffect(() => {
    const lookOrTell = () => look().catch((thrown) => setProblem(problemOf(thrown)))
    void lookOrTell()
    const end = onKept(lookOrTell)
    return () => {
      end()
      stop.current?.abort()
    }
  }, [])

  const keep = async () => {
    stop.current = new AbortController()
    setBusy(true)
    setProblem(null)
    try {
      await keepModels(baseUrl, () => void look(), stop.current.signal)
      await askToPersist()
    } catch (thrown) {
      setProblem(problemOf(thrown))
    }
    setBusy(false)
    await look()
  }
  const ask = async () => {
    setRefused(!(await askToPersist()))
    await look()
  }
  const missing = models?.flatMap((model) => model.missing) ?? []
  return (
    <Dialog title={t('offline')} onClose={onClose} testId="offline">
      {problem && <ErrorBanner error={problem} onDismiss={() => setProblem(null)} />}
      <p>{t(canKeep() ? 'offline.lead' : 'offline.cannot')}</p>
      {models ? (
        <>
          <ul className="offline-models">
            {models.map(({ id, bytes, kept }) => (
              <li key={id} data-testid="offline-model" data-kept={kept || undefined}>
                <span className="mono">{id}</span>
                <span className="hint mono">{t('offline.size', { size: decimal(bytes / 1e6, 1) })}</span>
                <span className="hint">{t(kept ? 'offline.kept' : 'offline.not')}</span>
              </li>
            ))}
          </ul>
          <div className="row">
            <Button
              look="main"
              disabled={missing.length === 0 || busy}
              data-testid="offline-keep"
              onClick={() => void keep()}
            >
              {missing.length === 0
                ? t('offline.all')
                : t('offline.keep', { size: decimal(missing.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6, 0) })}
            </Button>
            {busy && (
              <Button small onClick={() => stop.current?.abort()}>
                {t('offline.stop')}
              </Button>
            )}
          </div>
        </>
      ) : (
        canKeep() && !problem && <Loading what={t('offline')} />
      )}
      {storage && (
        <div className="row">
          <p className="hint" data-testid="storage">
            {t('offline.storage', { used: decimal(storage.usage / 1e6, 0), quota: decimal(storage.quota / 1e6, 0) })}{' '}
            {t(storage.persisted ? 'offline.persisted' : refused ? 'offline.refused' : 'offline.clearable')}
          </p>
          {!storage.persisted && !refused && (
            <Button small data-testid="offline-ask" onClick={() => void ask()}>
              {t('offline.ask')}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  )
}
