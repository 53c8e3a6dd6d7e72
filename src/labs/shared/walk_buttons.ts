import type { KeyboardEvent } from 'react'

/** Arrows, Home and End walk the buttons of a row: the focus moves, and nothing is chosen. */
export function walkButtons(event: KeyboardEvent<HTMLElement>): HTMLButtonElement | null {
  const buttons = Array.from(event.currentTarget.querySelectorAll('button'))
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
  if (to === undefined || at < 0) return null
  const next = buttons[(to + buttons.length) % buttons.length] ?? null
  next?.focus()
  event.preventDefault()
  return next
}
