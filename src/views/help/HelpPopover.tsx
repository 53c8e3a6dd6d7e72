import { type RefObject, use, useState } from 'react'
import { Dialog, Heading, Popover, type PopoverProps } from 'react-aria-components'
import { Formula } from '../formula/Formula.tsx'
import { Button } from '../primitives/Button.tsx'
import { useEscapeFromOutside } from '../primitives/escape.ts'
import { t as tViews } from '../words/words.ts'
import type { HelpRef } from './help.ts'
import { t } from './words/words.ts'

/** What a question is asked of: the nearest of these round its button. */
const PANELS = '.figure, .panel, .drawer, .lab-strip, .change-line'
/** The room that the answer wants, in rem: its width in the styles, and a little air. */
const WIDTH = 28
const HEIGHT = 16

export interface HelpPopoverProps {
  /** The button. */
  anchor: HTMLElement
  help: HelpRef
  named: string
  onClose: () => void
}

/** What is drawn, its formula, what the letters are, what it does not say, and the source. Beside its panel where there is room. */
export default function HelpPopover({ anchor, help, named, onClose }: HelpPopoverProps) {
  const { entries, say } = use(help.ask())
  const [place] = useState(() => placeOf(anchor))
  useEscapeFromOutside(onClose)
  const entry = entries[help.of]
  if (!entry) return null
  const { tex, sources, caution } = entry
  return (
    <Popover
      className="popover help"
      triggerRef={place.beside}
      placement={place.placement}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      offset={6}
    >
      <Dialog className="help-body" data-testid="help-panel">
        <header className="help-head">
          <Heading slot="title">
            {tViews('help')} <span className="help-of">{nameOf(named)}</span>
          </Heading>
          <Button small look="quiet" onClick={onClose}>
            {tViews('close')}
          </Button>
        </header>
        <p>{say(help.of)}</p>
        <Formula display tex={tex} />
        <p className="help-symbols">{say(`${help.of}.symbols`)}</p>
        {caution && <p className="help-caution">{say(caution)}</p>}
        <p className="help-source">
          {t('source', { count: sources.length })}{' '}
          {sources.map(({ text, url }, i) => (
            <span key={url}>
              {i > 0 && '; '}
              <a href={url} target="_blank" rel="noreferrer" aria-label={t('source.opens', { source: text })}>
                {text}
              </a>
            </span>
          ))}
        </p>
      </Dialog>
    </Popover>
  )
}

/** At the side of the panel that has room; else under or over it; else, where the panel fills the window, under the button. */
function placeOf(button: HTMLElement): {
  beside: RefObject<Element | null>
  placement: PopoverProps['placement']
} {
  const panel = button.closest(PANELS) ?? button
  const { left, right, top, bottom } = panel.getBoundingClientRect()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const beside = { current: panel }
  if (innerWidth - right >= WIDTH * rem) return { beside, placement: 'right top' }
  if (left >= WIDTH * rem) return { beside, placement: 'left top' }
  if (innerHeight - bottom >= HEIGHT * rem) return { beside, placement: 'bottom left' }
  if (top >= HEIGHT * rem) return { beside, placement: 'top left' }
  return { beside: { current: button }, placement: 'bottom left' }
}

/** What a screen reader calls the panel, or what is read over it. */
function nameOf(id: string): string {
  const element = document.getElementById(id)
  return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
}
