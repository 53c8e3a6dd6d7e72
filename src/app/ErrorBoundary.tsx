import { Component, type ReactNode } from 'react'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import { ErrorBanner } from '../views/shell/Banner.tsx'

/** A view that throws takes its lab down, not the page: the error is shown with a way on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: ErrorReport | null }> {
  override state: { error: ErrorReport | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { error: reportOf(thrown) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <ErrorBanner
        error={error}
        action={{ label: 'Show the lab again', onClick: () => this.setState({ error: null }) }}
      />
    )
  }
}
