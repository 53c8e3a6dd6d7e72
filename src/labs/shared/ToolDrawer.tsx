import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
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
  // Where the drawer lies under the stage, it comes into view.
  useEffect(() => {
    if (id) drawer.current?.scrollIntoView({ block: 'nearest' })
  }, [id])
  return (
    <>
      {open && (
        <section
          id="tools"
          ref={drawer}
          className="drawer"
          data-testid="drawer"
          data-wide={wide || undefined}
          aria-label={open.title}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) onChoose('')
          }}
        >
          <div className="drawer-head">
            <h2>{open.title}</h2>
            <Button small look="quiet" aria-pressed={wide} data-testid="drawer-wide" onClick={() => setWide(!wide)}>
              {t('drawer.wide')}
            </Button>
            <Button small look="quiet" data-testid="drawer-close" onClick={() => onChoose('')}>
              {t('drawer.close')}
            </Button>
          </div>
          <Suspense fallback={<Loading what={open.title} />}>{children}</Suspense>
        </section>
      )}
      <ToggleButtonGroup
        className="tool-row"
        data-testid="toolbox"
        aria-label={t('tools')}
        selectedKeys={open ? [open.id] : []}
        onSelectionChange={([key]) => onChoose(key === undefined ? '' : String(key))}
      >
        {tools.map(({ id, title }) => (
          <ToggleButton key={id} id={id} className="tool-name" data-testid={`tool-${id}`}>
            {title}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </>
  )
}
