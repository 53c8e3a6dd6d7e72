import { useEffect, useRef, useState } from 'react'
import { type ErrorReport, reportOf } from '../../core/errors.ts'
import { COURSE } from '../../labs/course.ts'
import { LABS } from '../../labs/index.ts'
import { encodeLink } from '../../state/permalink.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Dialog } from '../../views/primitives/Dialog.tsx'
import { Field } from '../../views/primitives/Field.tsx'
import { Banner, ErrorBanner } from '../../views/shell/Banner.tsx'
import { language } from '../../words/words.ts'
import { folded, search } from '../palette/search.ts'
import { type Route, routeHash } from '../router.ts'
import { type TermNames, termNames } from './names.ts'
import { linkTo } from './seen.ts'
import { type Seen, TERMS, type Term } from './terms.ts'
import { t } from './words/words.ts'

export interface GlossaryProps {
  route: Route
  /** The term that a link names: it is in view, with the focus. */
  term?: string
  /** Something was opened that is shown instead. */
  onLeave: () => void
  onClose: () => void
}

/** The field's terms, each with where it can be seen. */
export default function Glossary({ route, term, onLeave, onClose }: GlossaryProps) {
  const [query, setQuery] = useState('')
  const { names, addresses, problem } = useLookedUp(route)
  const list = useRef<HTMLDivElement>(null)
  const terms = found(query, names)
  useEffect(() => {
    if (term) toTerm(list.current, term)
  }, [term])
  const letters = query === '' ? new Map(terms.toReversed().map((one) => [letterOf(one), one.id])) : new Map()
  return (
    <Dialog title={t('title')} onClose={onClose} testId="glossary">
      <p className="hint">{t('lead', { count: TERMS.length })}</p>
      {problem && <ErrorBanner error={problem} />}
      {term && TERMS.every(({ id }) => id !== term) && <Banner title={t('unknown', { term })} />}
      <Field label={t('find')}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            type="search"
            value={query}
            data-testid="glossary-query"
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
      </Field>
      {letters.size > 0 && (
        <nav className="glossary-letters" aria-label={t('letters')}>
          {[...letters].toReversed().map(([letter, id]) => (
            <Button key={letter} small look="quiet" onClick={() => toTerm(list.current, id)}>
              {letter}
            </Button>
          ))}
        </nav>
      )}
      <div ref={list} className="glossary-terms">
        {terms.map((one) => (
          <Entry key={one.id} term={one} names={names} address={addresses?.get(one.id)} onLeave={onLeave} />
        ))}
        {terms.length === 0 && <p>{t('none')}</p>}
      </div>
    </Dialog>
  )
}

interface EntryProps {
  term: Term
  names: TermNames | null
  /** undefined while it is looked up. */
  address: string | undefined
  onLeave: () => void
}

function Entry({ term: { id, see, source }, names, address, onLeave }: EntryProps) {
  const other = language() === 'ru' ? 'en' : 'ru'
  const otherName = names?.get(id)?.[other]
  const name = t(`term.${id}`)
  return (
    <section className="glossary-term" data-testid="term" data-term={id}>
      <h3 tabIndex={-1}>
        {name}
        {otherName !== undefined && otherName !== name && (
          <span className="hint" lang={other}>
            {otherName}
          </span>
        )}
      </h3>
      <p>{t(`is.${id}`)}</p>
      <p className="hint">
        {address === undefined ? (
          t('reading')
        ) : (
          <a href={address} onClick={onLeave} data-testid="term-show">
            {t('show', { where: placeOf(see) })}
          </a>
        )}{' '}
        {t('source', { source })}
      </p>
    </section>
  )
}

function placeOf(see: Seen): string {
  return 'lesson' in see ? t('show.lesson') : (LABS.find(({ id }) => id === see.lab)?.name() ?? see.lab)
}

/** Those that are called so in either language, the best first; all of them by their names where nothing is asked. */
function found(query: string, names: TermNames | null): Term[] {
  const { compare } = new Intl.Collator(language() === 'ru' ? 'ru' : 'en')
  const sorted = TERMS.toSorted((a, b) => compare(folded(t(`term.${a.id}`)), folded(t(`term.${b.id}`))))
  return search(
    sorted.map((term) => {
      const both = names?.get(term.id)
      return { ...term, titles: both ? [both.en, both.ru] : [t(`term.${term.id}`)], also: [t(`is.${term.id}`)] }
    }),
    query,
  )
}

/** A capital, or 0 for figures. */
function letterOf({ id }: Term): string {
  const first = folded(t(`term.${id}`))
    .charAt(0)
    .toUpperCase()
  return /\d/.test(first) ? '0' : first
}

function toTerm(list: HTMLElement | null, id: string): void {
  const entry = list?.querySelector<HTMLElement>(`[data-term="${CSS.escape(id)}"]`)
  entry?.scrollIntoView({ block: 'start' })
  entry?.querySelector('h3')?.focus({ preventScroll: true })
}

interface LookedUp {
  names: TermNames | null
  /** By term: what its link opens. */
  addresses: ReadonlyMap<string, string> | null
  problem: ErrorReport | null
}

/** What the labs and the other language have to be asked for. */
function useLookedUp(route: Route): LookedUp {
  const [known, setKnown] = useState<LookedUp>({ names: null, addresses: null, problem: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up once, when the glossary opens
  useEffect(() => {
    let current = true
    const tell = (change: Partial<LookedUp>) => current && setKnown((was) => ({ ...was, ...change }))
    const fail = (thrown: unknown) => tell({ problem: reportOf(thrown) })
    termNames().then((names) => tell({ names }), fail)
    addressesOf(route).then((addresses) => tell({ addresses }), fail)
    return () => {
      current = false
    }
  }, [])
  return known
}

async function addressesOf(route: Route): Promise<Map<string, string>> {
  const parts = new Map(await Promise.all(LABS.map(async (lab) => [lab.id, await lab.parts()] as const)))
  const bare = { ...route, state: undefined, lesson: undefined, term: undefined }
  return new Map(
    TERMS.map(({ id, see }) => {
      if ('lesson' in see) {
        const lab = COURSE.find((one) => one.id === see.lesson)?.lab ?? route.lab
        return [id, routeHash({ ...bare, lab, lesson: { id: see.lesson, step: see.step } })]
      }
      const of = parts.get(see.lab)
      if (!of) throw new Error(`there is no lab ${see.lab}`)
      return [id, routeHash({ ...bare, lab: see.lab, state: encodeLink(of.format, linkTo(see, of)) })]
    }),
  )
}
