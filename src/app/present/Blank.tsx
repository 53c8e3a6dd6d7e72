import { useEffect, useRef } from 'react'
import { t } from './words/words.ts'

/** Nothing to look at but the lecturer. Any key or press brings the screen back, and the focus to where it was. */
export function Blank({ onEnd }: { onEnd: () => void }) {
  const place = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const focused = document.activeElement
    place.current?.focus()
    const onKey = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      onEnd()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
    }
  }, [onEnd])
  return (
    <button
      ref={place}
      type="button"
      className="present-blank"
      data-testid="blank-screen"
      aria-label={t('blank.on')}
      onClick={onEnd}
    />
  )
}
