import { type ReactNode, useCallback, useState } from 'react'

/** A polite live region: render `region` once, call `say` to have a sentence spoken. */
export function useAnnouncer(): { region: ReactNode; say: (text: string) => void } {
  const [message, setMessage] = useState({ text: '', turn: 0 })
  const say = useCallback((text: string) => setMessage((old) => ({ text, turn: old.turn + 1 })), [])
  const region = (
    <output aria-live="polite" className="sr-only" data-testid="announcer">
      {/* A trailing space makes the same sentence news when it is said twice. */}
      {message.text + (message.turn % 2 ? '\u00a0' : '')}
    </output>
  )
  return { region, say }
}
