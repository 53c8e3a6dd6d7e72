import { type KeyboardEvent, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../views/primitives/Button.tsx'
import { Loading } from '../../views/shell/Loading.tsx'
import { t } from './words/words.ts'

export interface ToolDrawerProps {
  tools: readonly { id: string; title: string }[]
  /** '' or an unknown one: the drawer is closed. */
  chosen: string
  onChoose: (id: string) => void
  /** What the chosen tool shows; its code is fetched when it is first opened. */
  children: ReactNode
}

/**
 * A lab's tools: a row of names, and a drawer beside the stage for the one that is open. Only that one computes, and the
 * strip stays where it is.
 */
export function ToolDrawer({ tools, chosen, onChoose, children }: ToolDrawerProps) {
  const [wide, setWide] = useState(false)
  const open = tools.find(({ id }) => id === chosen)
  const drawer = useRef<HTMLElement>(null)
  const id = open?.id
  const opener = useRef<HTMLElement | null>(null)
  /** What a link opened with the page: it leaves the page where it is. */
  const byLink = useRef(id)
  /** Where the drawer lies under the stage, it comes into view with its head on top, and takes the focus there. */
  const intoView = useCallback(() => {
    const element = drawer.current
    const opened = byLink.current
    byLink.current = undefined
    if (opened === id) return
    const pageScrolls = document.documentElement.scrollHeight > innerHeight
    if (!element || !pageScrolls) return
    const focused = document.activeElement
    if (focused instanceof HTMLElement && !element.contains(focused)) opener.current = focused
    element.scrollIntoView({ block: 'start' })
    element.focus({ preventScroll: true })
  }, [id])
  const close = () => {
    onChoose('')
    opener.current?.focus()
    opener.current = null
  }
  return (
    <>
      {open && (
        <section
          id="tools"
          ref={drawer}
          tabIndex={-1}
          className="drawer"
          data-testid="drawer"
          data-wide={wide || undefined}
          aria-label={open.title}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) close()
          }}
        >
          <div className="drawer-head">
            <h2>{open.title}</h2>
            <Button small look="quiet" aria-pressed={wide} data-testid="drawer-wide" onClick={() => setWide(!wide)}>
              {t('drawer.wide')}
            </Button>
            <Button small look="quiet" data-testid="drawer-close" onClick={close}>
              {t('drawer.close')}
            </Button>
          </div>
          <Suspense fallback={<Loading what={open.title} />}>
            {children}
            <Arrived key={id} then={intoView} />
          </Suspense>
        </section>
      )}
      <div className="tool-row" role="toolbar" data-testid="toolbox" aria-label={t('tools')} onKeyDown={walk}>
        {tools.map(({ id, title }, i) => (
          <button
            key={id}
            type="button"
            className="tool-name"
            data-testid={`tool-${id}`}
            aria-pressed={id === open?.id}
            tabIndex={(open ? id === open.id : i === 0) ? 0 : -1}
            onClick={() => onChoose(id === open?.id ? '' : id)}
          >
            {title}
          </button>
        ))}
      </div>
    </>
  )
}

/** Acts once what stands beside it is there. */
function Arrived({ then }: { then: () => void }) {
  useEffect(then, [then])
  return null
}

/** One tab stop: arrows walk the names. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }
  const step = steps[event.key]
  if (step === undefined) return
  const names = Array.from(event.currentTarget.querySelectorAll('button'))
  const at = names.indexOf(document.activeElement as HTMLButtonElement)
  names[(at + step + names.length) % names.length]?.focus()
  event.preventDefault()
}
