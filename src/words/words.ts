/**
 * Words in the reader's language, by key. A room of the page (the views, a lab) defines its own: English with the code, other
 * languages fetched when they are chosen. Messages are ICU MessageFormat: `{count, plural, one {# token} other {# tokens}}`.
 * The library is Lingui: 3 KB, ICU plurals of every language inside the message, rich text by <Trans>; its compiler runs in
 * the page, so that catalogues stay plain typed objects and a missing key is a type error.
 */

import { type I18n, i18n, setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { fetchPart } from '../core/fetch_part.ts'
import { LANGUAGES, type Language, type Messages } from './languages.ts'
import { pseudo } from './pseudo.ts'

i18n.setMessagesCompiler(compileMessage)

/** Who speaks now: the language that is chosen, or for the length of a call of `saidIn` another one. */
let speaker: I18n = i18n
const speakers = new Map<Language, I18n>()

export type Values = Readonly<Record<string, string | number>>
/** A room's words: its key and the parameters, in the language that is chosen. */
export interface Translate<Key extends string> {
  (key: Key, values?: Values): string
  /** The key among those of all rooms: what `Rich` takes. */
  id(key: Key): string
}

interface Room {
  english: Messages
  /** Other languages, each fetched once. */
  load: Readonly<Record<Exclude<Language, 'en' | 'pseudo'>, () => Promise<{ default: Messages }>>>
  name: string
  fetched: Map<Language, Messages>
}

const rooms: Room[] = []
/** The reader's last choice: words that were asked for before it, and arrive after it, are not shown. */
let wanted: Language = 'en'

/**
 * The words of one room.
 * @param name parts its keys from those of other rooms
 * @param load a module a language, whose keys are checked to be those of English
 */
export function defineWords<English extends Messages>(
  name: string,
  english: English,
  load: Readonly<Record<Exclude<Language, 'en' | 'pseudo'>, () => Promise<{ default: Record<keyof English, string> }>>>,
): Translate<keyof English & string> {
  const room: Room = { name, english, load, fetched: new Map([['en', english]]) }
  rooms.push(room)
  show(room, 'en')
  const id = (key: keyof English & string) => `${name}.${key}`
  return Object.assign((key: keyof English & string, values?: Values) => speaker._(id(key), values), { id })
}

/** How numbers of a message are written, beside ICU's own: `{share, number, percent}`, `{cosine, number, two}`. */
const FORMATS = {
  percent: { style: 'percent', maximumFractionDigits: 1 },
  one: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  two: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
} as const

/** A message that belongs to no room: it came in a file. In the language that is chosen. */
export function say(message: string, values?: Values): string {
  return speaker._('', values, { message, formats: FORMATS })
}

export function language(): Language {
  return LANGUAGES.find((known) => known === speaker.locale) ?? 'en'
}

/** Changes the language; resolves when every room that is there has its words. */
export async function speak(chosen: Language): Promise<void> {
  wanted = chosen
  await speakNewRooms()
}

/** To be awaited when code brought rooms of its own: they speak the language that is chosen by then. */
export async function speakNewRooms(): Promise<void> {
  const chosen = wanted
  await Promise.all(rooms.map((room) => fetchWords(room, chosen)))
  if (chosen !== wanted) return speakNewRooms()
  for (const room of rooms) show(room, chosen)
  i18n.activate(chosen)
}

/** Fetches the words of a language beside the chosen one, of every room that is there: what `saidIn` needs. */
export async function learn(other: Language): Promise<void> {
  await Promise.all(rooms.map((room) => fetchWords(room, other)))
  const messages = rooms.flatMap((room) => Object.entries(messagesOf(room, other)))
  const made = setupI18n({ locale: other, messages: { [other]: Object.fromEntries(messages) } })
  speakers.set(other, made.setMessagesCompiler(compileMessage))
}

/** What a call says in a language that was learnt, whichever is chosen. */
export function saidIn<Said>(other: Language, say: () => Said): Said {
  speaker = speakers.get(other) ?? i18n
  try {
    return say()
  } finally {
    speaker = i18n
  }
}

async function fetchWords(room: Room, chosen: Language): Promise<void> {
  if (room.fetched.has(chosen)) return
  if (chosen === 'pseudo' || chosen === 'en') {
    room.fetched.set(chosen, chosen === 'en' ? room.english : pseudo(room.english))
  } else {
    room.fetched.set(chosen, (await fetchPart(room.load[chosen])).default)
  }
}

function show(room: Room, chosen: Language): void {
  i18n.load(chosen, messagesOf(room, chosen))
}

/** By the keys that are told apart from those of other rooms. */
function messagesOf(room: Room, chosen: Language): Messages {
  const messages = room.fetched.get(chosen) ?? room.english
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [`${room.name}.${key}`, text]))
}

i18n.loadAndActivate({ locale: 'en', messages: {} })
