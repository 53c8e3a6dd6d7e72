import type { ReactNode } from 'react'
import type { ErrorReport } from '../../core/errors.ts'
import { said, saidFound, whatOf } from '../../words/errors.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'

export interface BannerProps {
  /** `error` interrupts a screen reader, `note` waits for its turn. */
  tone?: 'error' | 'note'
  title: string
  children?: ReactNode
  onDismiss?: () => void
  /** Ways out: reload, try again. */
  actions?: readonly { label: string; onClick: () => void }[]
}

/** A message over the lab. */
export function Banner({ tone = 'error', title, children, onDismiss, actions = [] }: BannerProps) {
  return (
    <div className="banner" data-tone={tone} data-testid="banner" role={tone === 'error' ? 'alert' : 'status'}>
      <div className="banner-text">
        <strong>{title}</strong>
        {children}
      </div>
      <div className="banner-actions">
        {actions.map(({ label, onClick }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a button whose label changes keeps the focus
          <Button key={i} small onClick={onClick}>
            {label}
          </Button>
        ))}
        {onDismiss && (
          <Button small look="quiet" onClick={onDismiss}>
            {t('dismiss')}
          </Button>
        )}
      </div>
    </div>
  )
}

export interface ErrorBannerProps extends Pick<BannerProps, 'onDismiss' | 'actions'> {
  error: ErrorReport
}

/** A typed error: what happened, what was found and expected, what to do next. */
export function ErrorBanner({ error, ...rest }: ErrorBannerProps) {
  return (
    <Banner title={said(whatOf(error))} {...rest}>
      {(error.found || error.expected) && (
        <dl className="banner-facts">
          {error.found && (
            <div>
              <dt>{t('error.found')}</dt>
              <dd>{saidFound(error.found)}</dd>
            </div>
          )}
          {error.expected && (
            <div>
              <dt>{t('error.expected')}</dt>
              <dd>{said(error.expected)}</dd>
            </div>
          )}
        </dl>
      )}
      {error.advice && <p>{said(error.advice)}</p>}
    </Banner>
  )
}
