import { useEffect, useMemo, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components'
import { type ErrorReport, reportOf } from '../../core/errors.ts'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { type Command, fetchedCommands, learnNames, type PaletteContext, pageCommands, SECTIONS } from './commands.ts'
import { focusOn } from './focus_on.ts'
import { recentCommands, rememberCommand } from './recent.ts'
import { search } from './search.ts'
import { takeTyped } from './typed_ahead.ts'
import { t } from './words/words.ts'

/** Of each section while nothing is asked, and of all together for a query: a list that is read at a glance. */
const SHOWN = { section: 6, found: 40 }

interface Group {
  title: string
  commands: readonly Command[]
}

/** Whatever the page has, by name, in either language. */
export default function Palette({ onClose, ...context }: PaletteContext & { onClose: () => void }) {
  const { commands, looking, problem } = useCommands(context)
  const [query, setQuery] = useState('')
  // The field is there by now: what was typed on the way to it stands in it.
  useEffect(() => setQuery(takeTyped()), [])
  const [recent] = useState(recentCommands)
  const { groups, more } = useMemo(() => arranged(commands, query, recent), [commands, query, recent])
  const choose = (id: string) => {
    const chosen = commands.find((one) => one.id === id)
    if (!chosen) return
    rememberCommand(id)
    onClose()
    void run(chosen, context)
  }
  return (
    <ModalOverlay
      className="overlay palette-overlay"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="modal">
        <Dialog className="palette" aria-label={t('title')} data-testid="palette">
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField aria-label={t('title')} autoFocus>
              {/* The list that it holds the focus of is always open. */}
              <Input
                className="input"
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
                placeholder={t('placeholder')}
                data-testid="palette-query"
              />
            </TextField>
            {problem && <ErrorBanner error={problem} />}
            <ListBox
              className="palette-list"
              aria-label={t('title')}
              selectionMode="none"
              onAction={(id) => choose(String(id))}
              renderEmptyState={() => t(looking ? 'looking' : 'nothing')}
            >
              {groups.map(({ title, commands: listed }) => (
                <ListBoxSection key={title} className="menu-section" aria-label={title}>
                  <Header className="menu-title">{title}</Header>
                  {listed.map((one) => (
                    <ListBoxItem
                      key={one.id}
                      id={one.id}
                      textValue={one.title}
                      className="menu-item palette-item"
                      data-testid="palette-item"
                      data-command={one.id}
                    >
                      <span>{one.title}</span>
                      {one.hint && <span className="menu-hint">{one.hint}</span>}
                      {one.shortcut && <kbd className="menu-key">{one.shortcut}</kbd>}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
          <p className="hint" role="status">
            {more > 0 ? t('more', { count: more }) : t(looking ? 'looking' : 'keys')}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

async function run({ run: act, place }: Command, { pages, opened }: PaletteContext): Promise<void> {
  try {
    await act()
    if (place) focusOn(place)
  } catch (thrown) {
    if (opened) opened.lab.fail(thrown)
    else pages.engine.fault(thrown)
  }
}

/** What the page has at once, and a moment later what each lab has. */
function useCommands(context: PaletteContext): { commands: Command[]; looking: boolean; problem: ErrorReport | null } {
  const [known, setKnown] = useState<{ commands: Command[]; looking: boolean; problem: ErrorReport | null }>({
    commands: [],
    looking: true,
    problem: null,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up once, when the palette opens; it closes with the first command
  useEffect(() => {
    let current = true
    const tell = (thrown: unknown) => current && setKnown((was) => ({ ...was, problem: reportOf(thrown) }))
    const look = async () => {
      await learnNames().catch(tell) // in the language that is shown all the same
      const own = pageCommands(context)
      if (current) setKnown((was) => ({ ...was, commands: own }))
      const { commands, problems } = await fetchedCommands(context)
      if (current) setKnown((was) => ({ ...was, commands: [...own, ...commands], looking: false }))
      if (problems.length > 0) tell(problems[0])
    }
    void look()
    return () => {
      current = false
    }
  }, [])
  return known
}

/** What is listed, in sections: while nothing is asked what was used last and the start of each, else the best, section by section. */
function arranged(commands: readonly Command[], query: string, recent: readonly string[]) {
  const found = search(commands, query, recent)
  const groups: Group[] = []
  if (query.trim() === '') {
    const used = recent.map((id) => found.find((one) => one.id === id)).filter((one) => one !== undefined)
    const rest = found.filter((one) => !used.includes(one))
    groups.push({ title: t('section.recent'), commands: used.slice(0, SHOWN.section) })
    for (const section of SECTIONS) {
      const own = rest.filter((one) => one.section === section)
      groups.push({ title: t(`section.${section}`), commands: own.slice(0, SHOWN.section) })
    }
  } else {
    const best = found.slice(0, SHOWN.found)
    for (const section of new Set(best.map((one) => one.section))) {
      groups.push({ title: t(`section.${section}`), commands: best.filter((one) => one.section === section) })
    }
  }
  const shown = groups.reduce((sum, group) => sum + group.commands.length, 0)
  return { groups: groups.filter((group) => group.commands.length > 0), more: found.length - shown }
}
