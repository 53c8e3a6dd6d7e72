import { formatMs } from '../../viz/format.ts'

export interface RunFooterProps {
  /** null before the first run. */
  run: { ms: number; gpuMs?: number; dispatches: number; tokens: number } | null
  backend: { kind: 'webgpu' | 'cpu'; adapter: string; software: boolean } | null
}

/** Where the numbers came from: the last forward, its time, the adapter. */
export function RunFooter({ run, backend }: RunFooterProps) {
  return (
    <dl className="run-footer mono" data-testid="run-footer" data-backend={backend?.kind}>
      {run && (
        <>
          <Fact name="last forward" value={formatMs(run.ms)} />
          {run.gpuMs !== undefined && <Fact name="on the GPU" value={formatMs(run.gpuMs)} />}
          <Fact name="tokens" value={String(run.tokens)} />
          {backend?.kind !== 'cpu' && <Fact name="dispatches" value={String(run.dispatches)} />}
        </>
      )}
      {backend && (
        <div>
          <dt>adapter</dt>
          <dd>
            {backend.kind === 'cpu' && (
              <span
                className="badge"
                data-testid="cpu-badge"
                title="No WebGPU here: the CPU computes the same numbers, slower."
              >
                CPU
              </span>
            )}{' '}
            {backend.kind === 'cpu' ? 'no WebGPU: same numbers, slower' : backend.adapter}
            {backend.software && backend.kind === 'webgpu' && <span className="badge">software</span>}
          </dd>
        </div>
      )}
    </dl>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
