import { useState } from 'react'
import { KeysButton } from '../labs/shared/KeysButton.tsx'
import { ActionMenu } from '../views/primitives/ActionMenu.tsx'
import { Button } from '../views/primitives/Button.tsx'
import { CopyButton } from '../views/primitives/CopyButton.tsx'
import { Segmented } from '../views/primitives/Segmented.tsx'
import { LANGUAGE_NAMES, type Language } from '../words/languages.ts'
import type { OpenedLab, Pages } from './pages.ts'
import { go, type Route } from './router.ts'
import { t } from './words.ts'

export interface HeaderActionsProps {
  pages: Pages
  /** The lab on screen, once its code is there. */
  opened: OpenedLab | undefined
  route: Route
  language: Language
}

/** What can be done with any lab: its examples, undo, a link, a projector, another language. */
export function HeaderActions({ pages, opened, route, language }: HeaderActionsProps) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const examples = opened?.parts.examples ?? []
  return (
    <>
      <span className="header-group">
        <Button
          small
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          disabled={!opened}
          data-testid="examples"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          {t('examples')}
        </Button>
        <ActionMenu
          label={t('examples')}
          anchor={anchor}
          groups={[
            {
              title: t('examples'),
              choices: examples.map(({ id, title, look }) => ({ id, label: title(), hint: look() })),
            },
          ]}
          onChoose={(id) => void pages.openExample(id)}
          onClose={() => setAnchor(null)}
          testId="example-menu"
        />
        <Button small look="quiet" title={t('reset.hint')} data-testid="reset" onClick={() => void pages.reset()}>
          {t('reset')}
        </Button>
        <Button small look="quiet" data-testid="undo" onClick={() => opened?.lab.undo()}>
          {t('undo')}
        </Button>
        <Button small look="quiet" data-testid="redo" onClick={() => opened?.lab.redo()}>
          {t('redo')}
        </Button>
      </span>
      <KeysButton />
      <CopyButton
        small
        label={t('link.copy')}
        text={pages.address}
        remark={() => remarkOn(opened)}
        testId="copy-link"
      />
      <Button
        small
        look="quiet"
        aria-pressed={route.present}
        data-testid="present"
        onClick={() => go({ present: !route.present, state: route.state })}
      >
        {route.present ? t('present.end') : t('present')}
      </Button>
      <Segmented
        small
        label={t('language')}
        testId="language"
        value={language}
        options={LANGUAGE_NAMES.map(({ id, name }) => ({
          value: id as Language,
          label: id.toUpperCase(),
          title: name,
        }))}
        onChange={(chosen) => go({ language: chosen, state: route.state })}
      />
    </>
  )
}

/** What is on screen and not, or not quite, in its link. */
function remarkOn(opened: OpenedLab | undefined): string | null {
  const link = opened?.lab.link()
  return (link && opened?.parts.remark?.(link)) ?? null
}
