export type EngineState = 'starting' | 'ready' | 'running' | 'lost' | 'failed'

export interface EngineStatusProps {
  state: EngineState
  /** A few words more: "CPU", "reloading the model". */
  detail?: string
}

const WORDS: Record<EngineState, string> = {
  starting: 'starting',
  ready: 'ready',
  running: 'running',
  lost: 'GPU lost, recovering',
  failed: 'stopped',
}

/** The engine's lifecycle as a calm pill. `running` comes and goes with every key press, so it is not announced. */
export function EngineStatus({ state, detail }: EngineStatusProps) {
  const calm = state === 'running' ? 'ready' : state
  return (
    <span className="engine" data-testid="engine-status" data-state={state}>
      <span className="engine-dot" aria-hidden="true" />
      <span role="status">
        <span className="sr-only">Engine: </span>
        {WORDS[calm]}
        {detail && ` · ${detail}`}
      </span>
    </span>
  )
}
