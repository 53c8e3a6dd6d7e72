import { Suspense, useId, useState } from 'react'
import { speakNewRooms } from '../../words/words.ts'
import { lazyView } from '../shell/lazy_view.tsx'
import { t } from '../words/words.ts'
import type { HelpRef } from './help.ts'

const HelpPopover = lazyView(() => import('./HelpPopover.tsx'), {
  before: speakNewRooms,
  dismiss: ({ onClose }) => onClose(),
})

export interface HelpButtonProps {
  help: HelpRef
  /** The id of what names the panel: its heading, or whatever bears its label. */
  named: string
}

/** "What am I seeing?": a quiet question mark in the head of a panel. What it answers is fetched when it is asked. */
export function HelpButton({ help, named }: HelpButtonProps) {
  const id = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <button
        type="button"
        id={id}
        className="help-button"
        data-testid="help"
        aria-label={t('help')}
        aria-labelledby={`${id} ${named}`}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        title={t('help')}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      {anchor && (
        <Suspense>
          <HelpPopover {...{ anchor, help, named }} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  )
}
