import type { KeyboardEvent } from 'react'
import { keyPressed, ROW_KEYS } from '../../views/keys/tables.ts'

/** Arrows, Home and End walk the buttons of a row: the focus moves, and nothing is chosen. */
export function walkButtons(event: KeyboardEvent<HTMLElement>): HTMLButtonElement | null {
  const buttons = Array.from(event.currentTarget.querySelectorAll('button'))
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const pressed = keyPressed(ROW_KEYS, event.nativeEvent)
  if (pressed === null || at < 0) return null
  const to = { next: at + 1, previous: at - 1, first: 0, last: buttons.length - 1 }[pressed]
  const next = buttons[(to + buttons.length) % buttons.length] ?? null
  next?.focus()
  event.preventDefault()
  return next
}
