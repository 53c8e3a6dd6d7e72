import { type ReactNode, useId } from 'react'
import { cx } from '../cx.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import type { HelpRef } from '../help/help.ts'
import { useHeadingClass } from './head_over.ts'

export interface PanelProps {
  title: ReactNode
  /** What answers "What am I seeing?"; null where the head over it answers, that of a tool of one panel. */
  help: HelpRef | null
  /** One sentence under the title. */
  lead?: ReactNode
  actions?: ReactNode
  /** Wide panels take the whole row of a `Columns` layout. */
  wide?: boolean
  testId?: string
  /** Nothing in it takes the focus, and it may be longer than its place: it takes the focus itself, to be scrolled by keyboard. */
  scrolls?: boolean
  children: ReactNode
}

/** A sheet of paper on the desk: one titled part of a lab. */
export function Panel({ title, help, lead, actions, wide, testId, scrolls, children }: PanelProps) {
  const id = useId()
  return (
    <section
      className={cx('panel', wide && 'panel-wide')}
      aria-labelledby={id}
      data-testid={testId}
      tabIndex={scrolls ? 0 : undefined}
    >
      <div className="panel-head">
        <div>
          <div className="panel-title">
            <h2 id={id} className={useHeadingClass(title)}>
              {title}
            </h2>
            {help && <HelpButton help={help} named={id} />}
          </div>
          {lead && <p className="panel-lead">{lead}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
