import { Button } from '../../views/primitives/Button.tsx'
import { t } from './words/words.ts'

export interface PinProps {
  /** Whether a run is kept as A. */
  pinned: boolean
  /** Keeps the run on screen as A, or lets A go. */
  onPin: (pin: boolean) => void
  /** Opens the comparison. */
  onCompare?: () => void
}

/** Keeps a run as A, to compare later runs with it. */
export function PinButton({ pinned, onPin, onCompare }: PinProps) {
  return (
    <>
      <Button small aria-pressed={pinned} data-testid="pin" onClick={() => onPin(!pinned)}>
        {pinned ? t('pin.pinned') : t('pin')}
      </Button>
      {pinned && onCompare && (
        <Button small data-testid="open-compare" onClick={onCompare}>
          {t('pin.compare')}
        </Button>
      )}
    </>
  )
}
