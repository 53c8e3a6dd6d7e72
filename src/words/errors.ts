/**
 * Errors in the reader's language. They are thrown in rooms that know no language, in English; each sentence is its own key in
 * the catalogue of the other languages, with {0}, {1} where it has values. What was found stays as it is.
 */

import type { ErrorReport } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { language } from './words.ts'

type Sentences = Readonly<Record<string, string>>

/** A sentence with values: how it is known, and what it is in the reader's language. */
interface Pattern {
  match: RegExp
  own: string
}

const ENGLISH: Sentences = {}
const VALUE = /\{(\d)\}/g

let sentences = ENGLISH
let patterns: readonly Pattern[] = []

/** To be called when the language changes. */
export async function loadErrors(): Promise<void> {
  const chosen = language()
  const loaded = chosen === 'ru' ? (await fetchPart(() => import('./ru/errors.ts'))).default : ENGLISH
  if (chosen !== language()) return // overtaken by another choice, which loads its own
  sentences = loaded
  patterns = patternsOf(sentences)
}

/** One sentence of an error as it is shown. */
export function said(sentence: string): string {
  const known = sentences[sentence]
  if (known !== undefined) return known
  for (const { match, own } of patterns) {
    const values = match.exec(sentence)
    // A value can be a phrase of ours: `A caret` is out of range.
    if (values) return own.replace(VALUE, (_, place: string) => said(values[Number(place) + 1] ?? ''))
  }
  return sentence.endsWith('.') ? `${said(sentence.slice(0, -1))}.` : sentence
}

/** What was found stays as it is, but for what is wrong with fields: `place: why; place: why`. */
export function saidFound(found: string): string {
  return found.split('; ').map(saidOf).join('; ')
}

/** A sentence, perhaps behind the places that it is about. */
function saidOf(part: string): string {
  const own = said(part)
  const end = part.indexOf(': ')
  return own !== part || end < 0 ? own : `${said(part.slice(0, end))}: ${saidOf(part.slice(end + 2))}`
}

/** A whole error in one paragraph, where there is no room for a banner. */
export function saidInFull(error: ErrorReport): string {
  if (sentences === ENGLISH) return error.message
  const { found, expected, advice } = error
  const facts = [found && `found ${saidFound(found)}`, expected && `expected ${expected}`].filter(
    (fact) => fact !== undefined,
  )
  const what = said(whatOf(error)) + (facts.length > 0 ? ` (${facts.map(said).join('; ')})` : '')
  return advice ? `${what}. ${said(advice.replace(/\.$/, ''))}.` : `${what}.`
}

/** The message carries found, expected and advice as well: only its first part is wanted, without its full stop. */
export function whatOf({ message, found, expected, advice = '' }: ErrorReport): string {
  const facts = found ? `: found ${found}` : expected ? `: expected ${expected}` : undefined
  const end = facts === undefined ? message.lastIndexOf(advice.replace(/\.$/, '')) : message.indexOf(facts)
  return (end > 0 ? message.slice(0, end) : message).trim().replace(/\.$/, '')
}

/** The most telling pattern first: `{0} is too large for one GPU buffer` before `{0} is too large`. */
function patternsOf(all: Sentences): Pattern[] {
  return Object.entries(all)
    .filter(([english]) => english.search(VALUE) >= 0)
    .map(([english, own]) => ({ parts: english.split(/\{\d\}/), own }))
    .sort((a, b) => b.parts.join('').length - a.parts.join('').length)
    .map(({ parts, own }) => ({ match: new RegExp(`^${parts.map(escaped).join('(.+?)')}$`, 's'), own }))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
