import { useEffect, useRef } from 'react'
import type { Pages } from '../pages.ts'
import { bridge } from './bridge.ts'
import { t } from './words/words.ts'

/** At the foot of the frame: the way to the whole page, and what answers the page round it. */
export default function Embedded({ pages, parents }: { pages: Pages; parents: readonly string[] }) {
  const link = useRef<HTMLAnchorElement>(null)
  const origins = parents.join(',')
  useEffect(() => bridge(window.clsroom, origins === '' ? [] : origins.split(',')), [origins])
  const whole = () => link.current?.setAttribute('href', pages.address())
  return (
    // The address is that of the moment in which it is followed.
    <a
      ref={link}
      className="embed-open"
      data-testid="embed-open"
      href={location.href}
      target="_blank"
      rel="noopener"
      onPointerDown={whole}
      onFocus={whole}
      onClick={whole}
    >
      {t('open')}
    </a>
  )
}
