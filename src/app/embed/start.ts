/** A frame far down a page costs nothing: no engine is started, and no model fetched, before it is seen or asked for. */

import { t } from './words/words.ts'

/** Resolves when the frame is in view, or its button is pressed. */
export function seen(root: HTMLElement): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button embed-start'
  button.dataset.testid = 'embed-start'
  button.textContent = t('start')
  root.replaceChildren(button)
  const watching = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) resolve()
  })
  watching.observe(button)
  button.addEventListener('click', () => resolve())
  return promise.finally(() => {
    watching.disconnect()
    button.remove()
  })
}
