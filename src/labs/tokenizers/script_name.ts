import { language } from '../../words/words.ts'

/** A language as the reader's language calls it: "Greek". */
export function scriptName(tag: string): string {
  const names = new Intl.DisplayNames([language() === 'ru' ? 'ru' : 'en'], { type: 'language' })
  return names.of(tag.split('-')[0] as string) ?? tag
}
