import { useEffect, useState } from 'react'
import { t } from '../words/words.ts'

export type EngineState = 'starting' | 'ready' | 'running' | 'lost' | 'failed'

export interface EngineStatusProps {
  state: EngineState
  /** A few words more: "WASM", "reloading the model". */
  detail?: string
}

/** A run that is over sooner comes and goes with a key press: its word would only flicker. */
const LONG_RUN_MS = 1000

/** The engine's lifecycle as a calm pill: a short run lights its dot, a long one is named. */
export function EngineStatus({ state, detail }: EngineStatusProps) {
  const isLong = useLasts(state === 'running', LONG_RUN_MS)
  const calm = state === 'running' && !isLong ? 'ready' : state
  return (
    <span className="engine" data-testid="engine-status" data-state={state}>
      <span className="engine-dot" aria-hidden="true" />
      <span role="status">
        <span className="sr-only">{t('engine')} </span>
        {t(`engine.${calm}`)}
        {detail && ` · ${detail}`}
      </span>
    </span>
  )
}

/** Whether something has been so for a while. */
function useLasts(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!isSo) return
    const timer = setTimeout(() => setLasts(true), ms)
    return () => {
      clearTimeout(timer)
      setLasts(false)
    }
  }, [isSo, ms])
  return lasts
}
