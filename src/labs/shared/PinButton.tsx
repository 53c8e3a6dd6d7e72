import { Button } from '../../views/primitives/Button.tsx'

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
        {pinned ? 'Pinned as A' : 'Pin as A'}
      </Button>
      {pinned && onCompare && (
        <Button small data-testid="open-compare" onClick={onCompare}>
          Compare
        </Button>
      )}
    </>
  )
}
