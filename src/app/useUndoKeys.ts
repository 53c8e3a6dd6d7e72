import { useEffect } from 'react'
import type { Lab } from '../state/lab.ts'
import { keyPressed, PAGE_KEYS } from '../views/keys/tables.ts'

/** Ctrl+Z and Ctrl+Shift+Z (or Cmd) everywhere but in a text box, which has its own undo. */
export function useUndoKeys(lab: Pick<Lab, 'undo' | 'redo'>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asked = keyPressed(PAGE_KEYS, event)
      if (isTextBox(event.target) || (asked !== 'undo' && asked !== 'redo')) return
      event.preventDefault()
      lab[asked]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [lab])
}

/** Inputs that hold no text: the browser has nothing to undo in them. */
const CHOICES = ['radio', 'checkbox', 'range', 'color', 'button', 'file']

function isTextBox(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !CHOICES.includes(target.type)
  return target instanceof HTMLTextAreaElement
}
