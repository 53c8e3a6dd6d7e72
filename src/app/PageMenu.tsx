import type { RefObject } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { Button } from '../views/primitives/Button.tsx'
import { Segmented } from '../views/primitives/Segmented.tsx'
import { type ThemeChoice, ThemeSwitch } from '../views/shell/ThemeSwitch.tsx'
import { LANGUAGE_NAMES, type Language } from '../words/languages.ts'
import { t } from './words.ts'

export interface PageMenuProps {
  anchor: Element
  language: Language
  onLanguage: (language: Language) => void
  theme: ThemeChoice
  onTheme: (theme: ThemeChoice) => void
  onReset: () => void
  onPresent: () => void
  onShare: () => void
  onOffline: () => void
  onClose: () => void
}

/** How the page is shown, and what is wanted once in a lecture. */
export default function PageMenu(props: PageMenuProps) {
  const anchor: RefObject<Element | null> = { current: props.anchor }
  const closing = (act: () => void) => () => {
    props.onClose()
    act()
  }
  return (
    <Popover
      className="popover"
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && props.onClose()}
      placement="bottom end"
      offset={6}
    >
      <Dialog className="page-menu" aria-label={t('page')} data-testid="page-menu">
        <Segmented
          small
          showLabel
          label={t('language')}
          testId="language"
          value={props.language}
          options={LANGUAGE_NAMES.map(({ id, name }) => ({ value: id as Language, label: name }))}
          onChange={props.onLanguage}
        />
        <ThemeSwitch value={props.theme} onChange={props.onTheme} />
        <Button small data-testid="present" onClick={closing(props.onPresent)}>
          {t('present')}
        </Button>
        <Button small data-testid="share-button" onClick={closing(props.onShare)}>
          {t('share')}
        </Button>
        <Button small data-testid="offline-button" onClick={closing(props.onOffline)}>
          {t('offline')}
        </Button>
        <Button small title={t('reset.hint')} data-testid="reset" onClick={closing(props.onReset)}>
          {t('reset')}
        </Button>
      </Dialog>
    </Popover>
  )
}
