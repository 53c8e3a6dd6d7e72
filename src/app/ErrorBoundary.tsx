import { Component, type ReactNode } from 'react'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import { ErrorBanner } from '../views/shell/Banner.tsx'
import { t } from './words.ts'

export interface ErrorBoundaryProps {
  /** Why the lab could not be opened, and how to try again. */
  problem: { thrown: unknown; retry: () => void } | null
  children: ReactNode
}

/** A view that throws takes its lab down, not the page: the error is shown with a way on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: ErrorReport | null }> {
  override state: { error: ErrorReport | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { error: reportOf(thrown) }
  }

  override render() {
    const { problem, children } = this.props
    const { error } = this.state
    if (problem) {
      const actions = [
        { label: t('retry'), onClick: problem.retry },
        { label: t('reload'), onClick: () => location.reload() },
      ]
      return <ErrorBanner error={reportOf(problem.thrown)} actions={actions} />
    }
    if (!error) return children
    return (
      <ErrorBanner error={error} actions={[{ label: t('lab.again'), onClick: () => this.setState({ error: null }) }]} />
    )
  }
}
