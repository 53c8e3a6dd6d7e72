import { type RefObject, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { PAGE_KEYS, shortcutOf } from '../views/keys/tables.ts'
import { Button } from '../views/primitives/Button.tsx'
import { useEscapeFromOutside } from '../views/primitives/escape.ts'
import { Segmented } from '../views/primitives/Segmented.tsx'
import { MapSwitch, type ThemeChoice, ThemeSwitch } from '../views/shell/ThemeSwitch.tsx'
import { LANGUAGE_NAMES, type Language } from '../words/languages.ts'
import type { Sheet } from './sheets.ts'
import { applyMap, savedMap } from './theme.ts'
import { t } from './words.ts'

export interface PageMenuProps {
  anchor: Element
  language: Language
  onLanguage: (language: Language) => void
  theme: ThemeChoice
  onTheme: (theme: ThemeChoice) => void
  onReset: () => void
  onPresent: () => void
  onSheet: (sheet: Sheet) => void
  onClose: () => void
}

/** Sheets that open from here, in this order. */
const SHEETS = [
  { id: 'palette', said: 'find', key: shortcutOf(PAGE_KEYS, 'palette') },
  { id: 'glossary', said: 'glossary', key: undefined },
  { id: 'share', said: 'share', key: undefined },
  { id: 'offline', said: 'offline', key: undefined },
  { id: 'about', said: 'about', key: undefined },
] as const

/** How the page is shown, and what is wanted once in a lecture. */
export default function PageMenu(props: PageMenuProps) {
  const anchor: RefObject<Element | null> = { current: props.anchor }
  const [map, setMap] = useState(savedMap)
  useEscapeFromOutside(props.onClose)
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
        <MapSwitch
          value={map}
          onChange={(chosen) => {
            setMap(chosen)
            applyMap(chosen)
          }}
        />
        <Button small data-testid="present" onClick={closing(props.onPresent)}>
          {t('present')}
        </Button>
        {SHEETS.map((sheet) => (
          <Button
            key={sheet.id}
            small
            data-testid={`${sheet.id}-button`}
            onClick={closing(() => props.onSheet(sheet.id))}
          >
            {t(sheet.said)}
            {sheet.key && <kbd>{sheet.key}</kbd>}
          </Button>
        ))}
        <Button small title={t('reset.hint')} data-testid="reset" onClick={closing(props.onReset)}>
          {t('reset')}
        </Button>
      </Dialog>
    </Popover>
  )
}
