import { useEffect } from 'react'
import { keyPressed, OVERLAY_KEYS } from '../keys/tables.ts'

const OVERLAYS = '[role=dialog], [role=menu], [role=listbox]'

/**
 * Closes an overlay that has not got the focus yet, or lost it. React Aria hears Escape on the overlay alone: it moves the focus
 * there a frame after it has opened, and half a second later takes it away until the next frame (for VoiceOver on iOS, see its
 * `useDialog`). A press in between is the button's or the body's.
 */
export function useEscapeFromOutside(close: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!keyPressed(OVERLAY_KEYS, event) || (event.target as Element).closest(OVERLAYS)) return
      event.stopPropagation()
      close()
    }
    document.addEventListener('keydown', pressed, { capture: true })
    return () => document.removeEventListener('keydown', pressed, { capture: true })
  }, [close])
}
