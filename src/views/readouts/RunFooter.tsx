import { formatMs } from '../../viz/format.ts'
import { t } from '../words/words.ts'

export interface RunFooterProps {
  /** null before the first run. */
  run: { ms: number; gpuMs?: number; dispatches: number; tokens: number } | null
  backend: { kind: 'webgpu' | 'wasm' | 'cpu'; adapter: string; software: boolean } | null
  /** Goes to WASM, which is faster than a GPU that the processor imitates. */
  onWasm: () => void
}

/** Where the numbers came from: the last forward, its time, the adapter. */
export function RunFooter({ run, backend, onWasm }: RunFooterProps) {
  return (
    <dl className="run-footer mono" data-testid="run-footer" data-backend={backend?.kind}>
      {run && (
        <>
          <Fact name={t('run.forward')} value={formatMs(run.ms)} />
          {run.gpuMs !== undefined && <Fact name={t('run.gpu')} value={formatMs(run.gpuMs)} />}
          <Fact name={t('run.tokens')} value={String(run.tokens)} />
          {backend?.kind === 'webgpu' && <Fact name={t('run.dispatches')} value={String(run.dispatches)} />}
        </>
      )}
      {backend && (
        <div>
          <dt>{t('run.adapter')}</dt>
          <dd>
            {backend.kind === 'webgpu' ? (
              <>
                {backend.adapter}
                {backend.software && (
                  <>
                    <span className="badge">{t('run.software')}</span>
                    <button type="button" className="run-other" onClick={onWasm} data-testid="to-wasm">
                      {t('run.to-wasm')}
                    </button>
                  </>
                )}
              </>
            ) : (
              <>
                <span className="badge" data-testid="backend-badge" title={t(`run.${backend.kind}.hint`)}>
                  {t(`run.${backend.kind}`)}
                </span>{' '}
                {t(`run.${backend.kind}.adapter`)}
              </>
            )}
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
