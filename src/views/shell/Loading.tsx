import type { ReactNode } from 'react'
import { formatBytes } from '../../viz/format.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'

export interface LoadingProps {
  /** "Loading the text model". */
  what: string
  loaded?: number
  /** Bytes in all; absent when the server does not say. */
  total?: number
  onCancel?: () => void
}

/** A model on its way: bytes, not promises. */
export function Loading({ what, loaded, total, onCancel }: LoadingProps) {
  return (
    <div className="loading" data-testid="loading" role="status">
      <p>
        <strong>{what}</strong>
        {loaded !== undefined && (
          <span className="mono muted">
            {' '}
            {total === undefined
              ? formatBytes(loaded)
              : t('loading.progress', { loaded: formatBytes(loaded), total: formatBytes(total) })}
          </span>
        )}
      </p>
      <progress aria-label={what} value={total ? loaded : undefined} max={total} />
      {onCancel && (
        <Button small onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </div>
  )
}

/** The shape of what is coming, so that the page does not jump. */
export function Skeleton({ height, label }: { height: number; label: string }) {
  return <div className="skeleton" role="img" aria-label={t('loading.soon', { label })} style={{ blockSize: height }} />
}

/** Nothing to show, and why. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty" data-testid="empty">
      <strong>{title}</strong>
      {children}
    </div>
  )
}
