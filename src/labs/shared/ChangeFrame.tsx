import { type ReactNode, useId } from 'react'
import { HelpButton } from '../../views/help/HelpButton.tsx'
import type { HelpRef } from '../../views/help/help.ts'
import { t } from './words/words.ts'

/** The line that says what the last edit changed; it is read out as it changes. */
export function ChangeFrame({ help, children }: { help: HelpRef; children: ReactNode }) {
  const id = useId()
  return (
    <div className="change-line">
      <HelpButton help={help} named={id} />
      <p id={id} className="change-said" role="status" aria-label={t('change')} data-testid="change">
        {children}
      </p>
    </div>
  )
}
