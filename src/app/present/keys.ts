import { keyPressed, PRESENT_KEYS } from '../../views/keys/tables.ts'

/** What takes the keys that are typed or pressed in it. */
const FIELDS = 'input, textarea, select, [contenteditable], [role=slider], [role=dialog], [role=menu]'
/** What is walked by arrows, and has letters of its own. */
const WALKED =
  '[role=grid], [role=listbox], [role=tablist], [role=radiogroup], [role=toolbar], [role=tree], [role=application], [data-testid=token-strip], [data-testid=atlas], .stage [tabindex], canvas'

export type PresentKey = (typeof PRESENT_KEYS)[number]['id']

/** What a key asks of the lecture; null where it belongs to what has the focus. */
export function presentKey(event: KeyboardEvent): PresentKey | null {
  const { target, key, defaultPrevented, isComposing } = event
  const asked = keyPressed(PRESENT_KEYS, event)
  if (!asked || defaultPrevented || isComposing) return null
  if (!(target instanceof Element)) return asked
  if (target.closest(FIELDS)) return null
  // A page key turns the page wherever a clicker left the focus.
  if (target.closest(WALKED) && !key.startsWith('Page')) return null
  if (key === ' ' && target.closest('button, a, summary, [role=button]')) return null
  return asked
}
