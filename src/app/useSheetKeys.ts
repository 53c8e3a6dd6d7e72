import { useLayoutEffect } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { keyPressed, PAGE_KEYS } from '../views/keys/tables.ts'
import { expectTyping, typesAhead } from './palette/typed_ahead.ts'
import type { Sheet } from './sheets.ts'

/** Ctrl+K (or Cmd) opens the palette from anywhere, a text box, too, and closes it; "?" opens the sheet of keys where nothing is typed. */
export function useSheetKeys(store: StoreApi<{ sheet: Sheet | null }>): void {
  // With the page and not a frame after it: where it is drawn anew in another language, a key would go to what is gone.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (typesAhead(event)) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      const asked = keyPressed(PAGE_KEYS, event)
      if (asked !== 'palette' && asked !== 'keys') return
      const { target } = event
      const typing = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
      if (asked === 'keys' && typing) return
      event.preventDefault()
      if (asked === 'palette' && !document.querySelector('.palette')) expectTyping()
      store.setState(({ sheet }) => ({ sheet: asked === 'palette' && sheet === 'palette' ? null : asked }))
    }
    // Before whoever has the focus: a dialog would keep the key for itself.
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [store])
}
