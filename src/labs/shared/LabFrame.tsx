import type { ReactNode } from 'react'
import type { Engine } from '../../state/engine.ts'
import type { Lab } from '../../state/lab.ts'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { EmptyState, Loading } from '../../views/shell/Loading.tsx'
import { useLab } from './useLab.ts'

export interface LabFrameProps {
  lab: Lab
  engine: Engine
  testId: string
  /** Said while the model is on its way. */
  loading: string
  /** Whether a tool is open beside the stage. */
  drawer: boolean
  /** Whether the newest edit has not been drawn yet. */
  computing: boolean
  /** null: there is nothing to edit yet. */
  children: ReactNode
}

/** Round every lab: what went wrong, above what can be edited; before there is that, the model on its way. */
export function LabFrame({ lab, engine, testId, loading, drawer, computing, children }: LabFrameProps) {
  const { problem } = useLab(lab.store)
  const { progress } = useLab(engine.store)
  return (
    <div
      className="lab"
      data-testid={children ? testId : undefined}
      data-drawer={drawer || undefined}
      data-computing={computing || undefined}
    >
      {problem && (
        <div className="lab-problem">
          <ErrorBanner error={problem} onDismiss={lab.dismissProblem} />
        </div>
      )}
      {children ?? (!problem && <Loading what={loading} loaded={progress?.loaded} total={progress?.total} />)}
    </div>
  )
}

export interface NoRunProps {
  /** Whether a run is on its way. */
  pending: boolean
  /** Said while the first run is under way. */
  running: string
  /** Said when there is none. */
  title: string
  hint: string
}

/** In the place of the stage, while there is no run to show. */
export function NoRun({ pending, running, title, hint }: NoRunProps) {
  return pending ? <Loading what={running} /> : <EmptyState title={title}>{hint}</EmptyState>
}
