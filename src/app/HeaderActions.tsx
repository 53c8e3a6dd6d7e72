import { Suspense, useState } from 'react'
import { lazyPart } from '../labs/shared/lazy_part.ts'
import { useLab } from '../labs/shared/useLab.ts'
import { hasBegun } from '../state/lesson/progress.ts'
import { ActionMenu } from '../views/primitives/ActionMenu.tsx'
import { Button } from '../views/primitives/Button.tsx'
import { CopyButton } from '../views/primitives/CopyButton.tsx'
import { SignButton } from '../views/primitives/SignButton.tsx'
import { lazyView } from '../views/shell/lazy_view.tsx'
import type { ThemeChoice } from '../views/shell/ThemeSwitch.tsx'
import type { Language } from '../words/languages.ts'
import type { OpenedLab } from './opened_lab.ts'
import type { Pages } from './pages.ts'
import type { Route } from './router.ts'
import type { Sheet } from './sheets.ts'
import { useSheetKeys } from './useSheetKeys.ts'
import { t } from './words.ts'

const PageMenu = lazyView(() => import('./PageMenu.tsx'), { dismiss: ({ onClose }) => onClose() })
const Offline = lazyView(() => import('./Offline.tsx'), { dismiss: ({ onClose }) => onClose() })
const Palette = lazyPart(
  () => import('./palette/Palette.tsx'),
  ({ onClose }) => onClose(),
)
const About = lazyPart(
  () => import('./about/About.tsx'),
  ({ onClose }) => onClose(),
)
const Glossary = lazyPart(
  () => import('./glossary/Glossary.tsx'),
  ({ onClose }) => onClose(),
)
const KeySheet = lazyPart(
  () => import('../views/keys/KeySheet.tsx'),
  ({ onClose }) => onClose(),
)
const Course = lazyPart(
  () => import('./Course.tsx'),
  ({ onClose }) => onClose(),
)

const Share = lazyPart(
  () => import('./share/Share.tsx'),
  ({ onClose }) => onClose(),
)

export interface HeaderActionsProps {
  pages: Pages
  /** The lab on screen, once its code is there. */
  opened: OpenedLab | undefined
  route: Route
  language: Language
  theme: ThemeChoice
  onTheme: (choice: ThemeChoice) => void
}

/** What can be done with any lab: lessons and examples, undo, a link; and how the page is shown. */
export function HeaderActions({ pages, opened, route, language, theme, onTheme }: HeaderActionsProps) {
  const [examplesAt, setExamplesAt] = useState<Element | null>(null)
  const [menuAt, setMenuAt] = useState<Element | null>(null)
  const { sheet } = useLab(pages.store)
  const setSheet = (to: Sheet | null) => pages.store.setState({ sheet: to })
  const close = () => setSheet(null)
  const begun = hasBegun()
  useSheetKeys(pages.store)
  const examples = opened?.parts.examples ?? []
  return (
    <>
      <span className="header-group">
        <Button
          small
          look={begun ? 'plain' : 'main'}
          title={begun ? undefined : t('course.start')}
          aria-haspopup="dialog"
          data-testid="course"
          onClick={() => setSheet('course')}
        >
          {t('course')}
        </Button>
        <Button
          small
          aria-haspopup="menu"
          aria-expanded={examplesAt !== null}
          disabled={!opened}
          data-testid="examples"
          onClick={(event) => setExamplesAt(event.currentTarget)}
        >
          {t('examples')}
        </Button>
        <ActionMenu
          label={t('examples')}
          anchor={examplesAt}
          groups={[
            {
              title: t('examples'),
              choices: examples.map(({ id, title, look }) => ({ id, label: title(), hint: look() })),
            },
          ]}
          onChoose={(id) => void pages.openExample(id)}
          onClose={() => setExamplesAt(null)}
          testId="example-menu"
        />
        <Sign label={t('undo')} testId="undo" onClick={() => opened?.lab.undo()}>
          {'↶'}
        </Sign>
        <Sign label={t('redo')} testId="redo" onClick={() => opened?.lab.redo()}>
          {'↷'}
        </Sign>
        <Sign label={t('keys')} testId="keys" opens onClick={() => setSheet('keys')}>
          {'?'}
        </Sign>
      </span>
      <CopyButton
        small
        label={t('link.copy')}
        text={pages.address}
        remark={() => remarkOn(opened)}
        testId="copy-link"
      />
      <SignButton
        sign="⋯"
        name={t('page')}
        aria-haspopup="dialog"
        aria-expanded={menuAt !== null}
        data-testid="page-menu-button"
        onClick={(event) => setMenuAt(event.currentTarget)}
      />
      <Suspense>
        {menuAt && (
          <PageMenu
            anchor={menuAt}
            language={language}
            onLanguage={(language) => pages.appear({ language })}
            theme={theme}
            onTheme={onTheme}
            onReset={() => void pages.reset()}
            onSheet={setSheet}
            onPresent={() => pages.appear({ present: true })}
            onClose={() => setMenuAt(null)}
          />
        )}
        {sheet === 'palette' && (
          <Palette {...{ pages, opened, route, language, theme, onTheme }} onSheet={setSheet} onClose={close} />
        )}
        {sheet === 'keys' && <KeySheet onClose={close} />}
        {sheet === 'course' && <Course pages={pages} route={route} onClose={close} />}
        {sheet === 'share' && <Share pages={pages} onClose={close} />}
        {(sheet === 'glossary' || route.term !== undefined) && (
          <Glossary
            key={route.term}
            route={route}
            term={route.term}
            onLeave={close}
            onClose={() => {
              close()
              if (route.term !== undefined) pages.appear({ term: undefined })
            }}
          />
        )}
        {sheet === 'about' && <About pages={pages} onClose={close} />}
        {sheet === 'offline' && <Offline baseUrl={pages.baseUrl} onClose={close} />}
      </Suspense>
    </>
  )
}

interface SignProps {
  label: string
  testId: string
  /** Whether it opens a sheet. */
  opens?: boolean
  onClick: () => void
  children: string
}

/** A button that is a sign; its name is read and shown when it is pointed at. */
function Sign({ label, testId, opens, onClick, children }: SignProps) {
  return (
    <Button
      small
      look="quiet"
      aria-haspopup={opens && 'dialog'}
      aria-label={label}
      title={label}
      data-testid={testId}
      onClick={onClick}
    >
      <span className={opens ? undefined : 'sign'} aria-hidden="true">
        {children}
      </span>
    </Button>
  )
}

/** What is on screen and not, or not quite, in its link. */
function remarkOn(opened: OpenedLab | undefined): string | null {
  const link = opened?.lab.link()
  return (link && opened?.parts.remark?.(link)) ?? null
}
