/** Everything that can be opened or done by name: what the page has at once, and what each lab has, which is fetched. */

import { fetchPart } from '../../core/fetch_part.ts'
import { COURSE } from '../../labs/course.ts'
import type { Example, LabDefinition, LabParts, ToolSet } from '../../labs/definition.ts'
import { LABS } from '../../labs/index.ts'
import { canAll } from '../../state/capabilities.ts'
import { EMBEDDED_MODELS } from '../../state/embedded_models.ts'
import type { LabLink } from '../../state/lab.ts'
import type { Lesson } from '../../state/lesson/lesson.ts'
import { sayLesson } from '../../state/lesson/words.ts'
import { PAGE_KEYS, shortcutOf } from '../../views/keys/tables.ts'
import { MAP_CHOICES, type ThemeChoice, themeOptions } from '../../views/shell/ThemeSwitch.tsx'
import { t as views } from '../../views/words/words.ts'
import { LANGUAGE_NAMES, type Language } from '../../words/languages.ts'
import { learn, saidIn, speakNewRooms } from '../../words/words.ts'
import { lessonOf } from '../lessons.ts'
import type { OpenedLab } from '../opened_lab.ts'
import type { Pages } from '../pages.ts'
import { t as presenting } from '../present/words/words.ts'
import type { Route } from '../router.ts'
import type { Sheet } from '../sheets.ts'
import { applyMap } from '../theme.ts'
import { t as app } from '../words.ts'
import type { Searchable } from './search.ts'
import { t } from './words/words.ts'

export const SECTIONS = ['actions', 'labs', 'lessons', 'examples', 'tools', 'models', 'settings', 'terms'] as const
export type Section = (typeof SECTIONS)[number]

export interface Command extends Searchable {
  section: Section
  /** In the language of the moment. */
  title: string
  hint?: string
  shortcut?: string
  run: () => unknown
  /** Where the thing is, as a selector: it gets the focus. Absent: a sheet that takes it by itself, or nothing that has a place. */
  place?: string
}

export interface PaletteContext {
  pages: Pages
  opened: OpenedLab | undefined
  route: Route
  language: Language
  theme: ThemeChoice
  onTheme: (choice: ThemeChoice) => void
  onSheet: (sheet: Sheet) => void
}

/** To be awaited before any of these: names are taken in both languages. */
export async function learnNames(): Promise<void> {
  await Promise.all([speakNewRooms(), learn('en'), learn('ru')])
}

interface Named {
  id: string
  say: () => string
  /** What it is found by besides. */
  also?: () => string
  hint?: () => string
  shortcut?: string
  place?: string
  run: () => unknown
}

/** Its names in both languages, whichever is shown. */
function command(section: Section, { id, say, also, hint, ...rest }: Named): Command {
  const beside = [() => t(`section.${section}`), hint, also].filter((one) => one !== undefined)
  return {
    ...rest,
    id: `${section}:${id}`,
    section,
    title: say(),
    hint: hint?.(),
    titles: inBoth(say),
    also: beside.flatMap(inBoth),
  }
}

const inBoth = (say: () => string): string[] => [saidIn('en', say), saidIn('ru', say)]

const MAIN = '#main'

/** What needs no lab to be named. */
export function pageCommands(context: PaletteContext): Command[] {
  return [...actions(context), ...LABS.map((lab) => labCommand(lab, context)), ...models(context), ...settings(context)]
}

function actions({ opened, onSheet }: PaletteContext): Command[] {
  const all: Named[] = [
    { id: 'course', say: () => app('course'), run: () => onSheet('course') },
    { id: 'link', say: () => app('link.copy'), also: () => t('link.names'), run: pressCopyLink },
    { id: 'undo', say: () => app('undo'), shortcut: shortcutOf(PAGE_KEYS, 'undo'), run: () => opened?.lab.undo() },
    { id: 'redo', say: () => app('redo'), shortcut: shortcutOf(PAGE_KEYS, 'redo'), run: () => opened?.lab.redo() },
    { id: 'glossary', say: () => app('glossary'), run: () => onSheet('glossary') },
    { id: 'about', say: () => app('about'), also: () => t('about.names'), run: () => onSheet('about') },
    { id: 'keys', say: () => app('keys'), shortcut: shortcutOf(PAGE_KEYS, 'keys'), run: () => onSheet('keys') },
  ]
  return all.map((one) => command('actions', one))
}

/** The header's own button, so that what it says (that it is copied, and what no link holds) is said. */
function pressCopyLink(): void {
  const button = document.querySelector<HTMLElement>('[data-testid="copy-link"]')
  button?.focus()
  button?.click()
}

function labCommand({ id, name }: LabDefinition, { pages, route }: PaletteContext): Command {
  return command('labs', {
    id,
    say: name,
    hint: () => t('lab.hint'),
    place: MAIN,
    run: () => showLab(pages, id, route),
  })
}

/** The lab as it was left. */
function showLab(pages: Pages, id: string, route: Route): void {
  if (id !== route.lab) pages.go({ lab: id })
}

function models({ pages, route }: PaletteContext): Command[] {
  return LABS.flatMap((lab) =>
    EMBEDDED_MODELS.filter(({ can }) => canAll(can, lab.needs)).map((model) =>
      command('models', {
        id: `${lab.id}/${model.id}`,
        say: () => model.title,
        also: () => model.id,
        hint: () => t('model.hint', { lab: lab.name() }),
        place: MAIN,
        run: () => openModel(pages, route, lab.id, model.id),
      }),
    ),
  )
}

async function openModel(pages: Pages, route: Route, id: string, model: string): Promise<void> {
  const { lab, parts } = await pages.labOf(id)
  const first = parts.examples[0]?.link
  if (lab.store.getState().doc || !first) {
    showLab(pages, id, route)
    await lab.setModel(model)
  } else {
    location.assign(await pages.addressIn({ ...parts.forModel(first, model) }))
  }
}

function settings({ pages, route, onTheme, onSheet }: PaletteContext): Command[] {
  const all: Named[] = [
    ...themeOptions().map(({ value }, i) => ({
      id: `theme-${value}`,
      say: () => themeOptions()[i]?.title ?? '',
      also: () => `${t('theme.names')} ${themeOptions()[i]?.label}`,
      hint: () => views('theme'),
      run: () => onTheme(value),
    })),
    ...MAP_CHOICES.map((map) => ({
      id: `colours-${map}`,
      say: () => views(`colours.${map}`),
      also: () => views(`colours.${map}.hint`),
      hint: () => views('colours'),
      run: () => applyMap(map),
    })),
    ...LANGUAGE_NAMES.map(({ id, name }) => ({
      id: `language-${id}`,
      say: () => name,
      also: () => t('language.names'),
      hint: () => app('language'),
      place: MAIN,
      run: () => pages.appear({ language: id }),
    })),
    {
      id: 'present',
      say: () => (route.present ? presenting('end') : app('present')),
      also: () => t('present.names'),
      place: MAIN,
      run: () => pages.appear({ present: !route.present, hidden: undefined, lead: undefined }),
    },
    { id: 'reset', say: () => app('reset'), also: () => app('reset.hint'), place: MAIN, run: () => pages.reset() },
    { id: 'offline', say: () => app('offline'), also: () => t('offline.names'), run: () => onSheet('offline') },
  ]
  return all.map((one) => command('settings', one))
}

/** What is fetched before it can be named: every lab's examples and tools, the lessons and the glossary. */
export async function fetchedCommands(context: PaletteContext): Promise<{ commands: Command[]; problems: unknown[] }> {
  const labs = await Promise.allSettled(LABS.map(fetchedLab))
  const lessons = await Promise.allSettled(COURSE.map(({ id }) => lessonOf(id)))
  const terms = await Promise.allSettled([fetchPart(() => import('../glossary/named_terms.ts'))])
  await learnNames().catch(() => {}) // told when the palette opened; names in the language that is shown are there
  return {
    commands: [
      ...arrived(lessons).map((lesson) => lessonCommand(lesson, context)),
      ...arrived(labs).flatMap((lab) => examplesOf(lab, context)),
      ...arrived(labs).flatMap((lab) => toolsOf(lab, context)),
      ...arrived(terms).flatMap(({ namedTerms }) => namedTerms().map((term) => termCommand(term, context))),
    ],
    problems: [...labs, ...lessons, ...terms].filter((one) => one.status === 'rejected').map(({ reason }) => reason),
  }
}

function arrived<Part>(parts: readonly PromiseSettledResult<Part>[]): Part[] {
  return parts.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
}

async function fetchedLab(lab: LabDefinition): Promise<FetchedLab> {
  const parts = await lab.parts()
  return { lab, parts, sets: await parts.tools() }
}

function termCommand({ id, say }: { id: string; say: () => string }, { pages, language }: PaletteContext): Command {
  return command('terms', {
    id,
    say,
    hint: () => saidIn(language === 'ru' ? 'en' : 'ru', say),
    run: () => pages.appear({ term: id }),
  })
}

function lessonCommand(lesson: Lesson, { pages }: PaletteContext): Command {
  const { id, lab } = lesson
  return command('lessons', {
    id,
    say: () => sayLesson(lesson, 'title'),
    also: () => sayLesson(lesson, 'about'),
    hint: () => LABS.find((one) => one.id === lab)?.name() ?? lab,
    place: '[data-testid="lesson"]',
    run: () => pages.go({ lab, lesson: { id, step: 0 } }),
  })
}

interface FetchedLab {
  lab: LabDefinition
  parts: LabParts<LabLink>
  sets: readonly ToolSet[]
}

function examplesOf({ lab, parts }: FetchedLab, { pages }: PaletteContext): Command[] {
  return parts.examples.map(({ id, title, look }) =>
    command('examples', {
      id: `${lab.id}/${id}`,
      say: title,
      also: look,
      hint: lab.name,
      place: MAIN,
      run: () => pages.openExample(id, lab.id),
    }),
  )
}

function toolsOf({ lab, parts, sets }: FetchedLab, context: PaletteContext): Command[] {
  return sets.flatMap((set, at) =>
    set.groups.flatMap((group) =>
      group.tools.map(({ id, title }) =>
        command('tools', {
          id: `${lab.id}/${at}/${id}`,
          say: title,
          also: group.title,
          hint: lab.name,
          place: '[data-testid="drawer"]',
          run: () => openTool(context, { lab: lab.id, examples: parts.examples, set, id }),
        }),
      ),
    ),
  )
}

interface WantedTool {
  lab: string
  examples: readonly Example[]
  set: ToolSet
  id: string
}

/** On what lies in the lab where the tool works on that, else on the first example that it does. */
async function openTool(
  { pages, route }: PaletteContext,
  { lab: id, examples, set, id: tool }: WantedTool,
): Promise<void> {
  const { lab } = await pages.labOf(id)
  const link = lab.link()
  const example = examples.find((one) => set.fits(one.link))
  if (link && set.fits(link)) showLab(pages, id, route)
  else if (example) await pages.openExample(example.id, id)
  lab.look({ tool })
}
