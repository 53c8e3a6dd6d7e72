import { type KeyboardEvent, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { HelpButton } from '../../views/help/HelpButton.tsx'
import { DRAWER_KEYS, keyPressed, TOOL_KEYS } from '../../views/keys/tables.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { HeadOver } from '../../views/shell/head_over.ts'
import { Loading } from '../../views/shell/Loading.tsx'
import type { LabTool } from './tool_groups.ts'
import { t } from './words/words.ts'

export interface ToolDrawerProps {
  groups: readonly { id: string; title: () => string; tools: readonly Omit<LabTool<never>, 'Tool'>[] }[]
  /** '' or an unknown one: the drawer is closed. */
  chosen: string
  onChoose: (id: string) => void
  /** What the chosen tool shows; its code is fetched when it is first opened. */
  children: ReactNode
}

/**
 * A lab's tools: a row of tabs in named groups, and a drawer beside the stage for the one that is open. Only that one
 * computes, and the strip stays where it is. A second press on its tab closes it.
 */
export function ToolDrawer({ groups, chosen, onChoose, children }: ToolDrawerProps) {
  const [wide, setWide] = useState(false)
  const tools = groups.flatMap((group) => group.tools)
  const open = tools.find(({ id }) => id === chosen)
  const stop = open?.id ?? tools[0]?.id
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
    const back = opener.current ?? document.querySelector<HTMLElement>('[role=tab][aria-controls=tools]')
    onChoose('')
    back?.focus()
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
          role="tabpanel"
          aria-label={open.title()}
          onKeyDown={(event) => {
            if (keyPressed(DRAWER_KEYS, event.nativeEvent) && !event.defaultPrevented) close()
          }}
        >
          <div className="drawer-head">
            <div className="panel-title">
              <h2 id="tool-title">{open.title()}</h2>
              <HelpButton key={id} help={open.help} named="tool-title" />
            </div>
            <Button small look="quiet" aria-pressed={wide} data-testid="drawer-wide" onClick={() => setWide(!wide)}>
              {t('drawer.wide')}
            </Button>
            <Button small look="quiet" data-testid="drawer-close" onClick={close}>
              {t('drawer.close')}
            </Button>
          </div>
          <Suspense fallback={<Loading what={open.title()} />}>
            <HeadOver value={open.title()}>{children}</HeadOver>
            <Arrived key={id} then={intoView} />
          </Suspense>
        </section>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk the tabs of every group, which take the focus */}
      <div className="tool-row" data-testid="toolbox" onKeyDown={walk}>
        {groups.map((group) => (
          <div key={group.id} className="tool-group">
            <span className="tool-group-name" aria-hidden="true">
              {group.title()}
            </span>
            <div role="tablist" aria-label={t('tools.group', { group: group.title() })}>
              {group.tools.map(({ id, title }) => (
                <button
                  key={id}
                  type="button"
                  role="tab"
                  className="tool-name"
                  data-testid={`tool-${id}`}
                  aria-selected={id === open?.id}
                  aria-controls={id === open?.id ? 'tools' : undefined}
                  tabIndex={id === stop ? 0 : -1}
                  onClick={() => onChoose(id === open?.id ? '' : id)}
                >
                  {title()}
                </button>
              ))}
            </div>
          </div>
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

/** One tab stop: arrows walk the names of all groups, Home and End go to the first and the last. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const names = Array.from(event.currentTarget.querySelectorAll('button'))
  const at = names.indexOf(document.activeElement as HTMLButtonElement)
  const to = keyPressed(TOOL_KEYS, event.nativeEvent)
  if (to === null) return
  const places = { next: at + 1, previous: at - 1, first: 0, last: names.length - 1 }
  names[(places[to] + names.length) % names.length]?.focus()
  event.preventDefault()
}
