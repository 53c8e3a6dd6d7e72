import { useLayoutEffect } from 'react'
import type { Lab } from '../state/lab.ts'
import { keyPressed, PAGE_KEYS } from '../views/keys/tables.ts'

/** Ctrl+Z and Ctrl+Shift+Z (or Cmd) everywhere but where a browser undoes what was typed. */
export function useUndoKeys(lab: Pick<Lab, 'undo' | 'redo'>): void {
  // With the page and not a frame after it, as in useSheetKeys.ts.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asked = keyPressed(PAGE_KEYS, event)
      if (hasOwnUndo(event.target) || (asked !== 'undo' && asked !== 'redo')) return
      event.preventDefault()
      lab[asked]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [lab])
}

/** Nothing is typed into these. */
const NOT_TYPED = ['range', 'checkbox', 'radio', 'color', 'file', 'button']

/** `data-undo="lab"`: a box whose text the lab changes, too, which makes the browser forget what was typed. */
function hasOwnUndo(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.dataset.undo !== 'lab'
  return target instanceof HTMLInputElement && !NOT_TYPED.includes(target.type)
}
