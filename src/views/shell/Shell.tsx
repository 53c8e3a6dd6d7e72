import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { t } from '../words/words.ts'
import { EngineStatus, type EngineStatusProps } from './EngineStatus.tsx'
import { Logo } from './Logo.tsx'

export interface ShellProps {
  labs: readonly { id: string; name: string; href: string }[]
  /** The page's first heading, for screen readers: "Text lab". */
  title: string
  /** The id of the lab shown. */
  current: string
  engine: EngineStatusProps
  /** In the header: what can be done with the page as it is. */
  actions?: ReactNode
  /** Between header and lab: banners. */
  banners?: ReactNode
  /** What stays in sight at the end of the page: the run's facts. */
  footer?: ReactNode
  /** Beside the lab: a lesson. */
  aside?: ReactNode
  children: ReactNode
}

/** Header, lab tabs, theme, engine; the lab; the footer. */
export function Shell(props: ShellProps) {
  const { title, labs, current, engine, actions, banners, footer, aside, children } = props
  const nav = useRef<HTMLElement>(null)
  // Where the tabs scroll, the open one stays in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another lab is another tab
  useEffect(() => {
    const [line, tab] = [nav.current, nav.current?.querySelector<HTMLElement>('[aria-current]')]
    if (line && tab) line.scrollLeft = tab.offsetLeft - line.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2
  }, [current])
  return (
    <div className="shell">
      {/* A button, not a link to #main: the hash belongs to the lab's state. */}
      <button type="button" className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
        {t('shell.skip')}
      </button>
      <header className="shell-head">
        <a className="shell-home" href={labs[0]?.href ?? '#/'} aria-label={t('shell.home')}>
          <Logo />
        </a>
        <nav ref={nav} aria-label={t('shell.labs')} className="shell-nav">
          {labs.map((lab) => (
            <a key={lab.id} href={lab.href} aria-current={lab.id === current ? 'page' : undefined}>
              {lab.name}
            </a>
          ))}
        </nav>
        <div className="shell-aside">
          {actions}
          <EngineStatus {...engine} />
        </div>
      </header>
      {banners && <div className="shell-banners">{banners}</div>}
      <main id="main" tabIndex={-1} className="shell-main">
        <h1 className="sr-only">{title}</h1>
        {aside && <Suspense>{aside}</Suspense>}
        {children}
      </main>
      {footer && <footer className="shell-foot">{footer}</footer>}
    </div>
  )
}
