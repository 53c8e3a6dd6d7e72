/**
 * What is typed after Ctrl+K while the palette is still on its way: it is meant for its field, and would else mask or remove the token that has the
 * focus. Who waits longer than this has given it up.
 */

const PATIENCE_MS = 3000

let since: number | null = null
let typed = ''

export function expectTyping(): void {
  since = performance.now()
  typed = ''
}

/** @returns whether the key was meant for the palette that is on its way */
export function typesAhead({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (since === null || performance.now() - since > PATIENCE_MS) return false
  if (key.length > 1 || ctrlKey || metaKey || altKey) return false
  typed += key
  return true
}

/** What was typed by now; from here on the palette's own field hears it. */
export function takeTyped(): string {
  since = null
  return typed
}
