import { useEffect } from 'react'
import type { Lab } from '../state/lab.ts'

/** Ctrl+Z and Ctrl+Shift+Z (or Cmd) everywhere but in a text box, which has its own undo. */
export function useUndoKeys(lab: Pick<Lab, 'undo' | 'redo'>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      if (event.shiftKey) lab.redo()
      else lab.undo()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [lab])
}
