import { useEffect } from 'react'
import type { Lab } from '../state/lab.ts'
import { keyPressed, PAGE_KEYS } from '../views/keys/tables.ts'

/** Ctrl+Z and Ctrl+Shift+Z (or Cmd) everywhere but in a text box, which has its own undo. */
export function useUndoKeys(lab: Pick<Lab, 'undo' | 'redo'>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement
      const asked = keyPressed(PAGE_KEYS, event)
      if (typing || (asked !== 'undo' && asked !== 'redo')) return
      event.preventDefault()
      lab[asked]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [lab])
}
