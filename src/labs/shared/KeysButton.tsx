import { Suspense, useEffect, useState } from 'react'
import { keyPressed, PAGE_KEYS } from '../../views/keys/tables.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { lazyPart } from './lazy_part.ts'
import { t } from './words/words.ts'

const KeySheet = lazyPart(() => import('../../views/keys/KeySheet.tsx'))

/** Opens the sheet of keys: a button, and "?" everywhere but in a text box. */
export function KeysButton() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      const typing = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
      if (typing || keyPressed(PAGE_KEYS, event) !== 'keys') return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button
        small
        look="quiet"
        aria-haspopup="dialog"
        aria-label={t('keys')}
        title={t('keys')}
        data-testid="keys"
        onClick={() => setOpen(true)}
      >
        <span aria-hidden="true">{'?'}</span>
      </Button>
      {open && (
        <Suspense>
          <KeySheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
