/** The languages of the page. `pseudo` is English made longer: a test finds labels that it cuts. */
export const LANGUAGES = ['en', 'ru', 'pseudo'] as const

/** Messages by key. */
export type Messages = Readonly<Record<string, string>>

export type Language = (typeof LANGUAGES)[number]

/** What a reader can choose, each named in itself. */
export const LANGUAGE_NAMES: readonly { id: Exclude<Language, 'pseudo'>; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'ru', name: 'Русский' },
]

/** The first language of the reader's that the page has. @param wanted as `navigator.languages` */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGE_NAMES.find(({ id }) => tag.toLowerCase().split('-')[0] === id)
    if (found) return found.id
  }
  return 'en'
}
