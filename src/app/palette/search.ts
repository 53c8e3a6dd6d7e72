/** Finds commands by what they are called in any language, typed on either keyboard. Pure: no React, no words of its own. */

export interface Searchable {
  id: string
  /** What it is called, in every language. */
  titles: readonly string[]
  /** What it is found by besides: where it is, other names. */
  also: readonly string[]
}

/** How well a query fits, the best first. */
const FIT = { whole: 0, start: 1, wordStart: 2, inside: 3, words: 4, parts: 5, letters: 6 } as const
/** A query that was typed with the other keyboard layout stands behind one that fits as it is. */
const OTHER_LAYOUT = 0.5
/** Fewer letters, strewn over a title, mean nothing. */
const STREWN = 3

/**
 * @param recent ids, the last used first: of two that fit alike the one that was used comes first
 * @returns those that fit, the best first; all of them, in their order, where nothing is asked
 */
export function search<Entry extends Searchable>(
  entries: readonly Entry[],
  query: string,
  recent: readonly string[] = [],
): Entry[] {
  const asked = folded(query)
  if (asked === '') return [...entries]
  const other = folded(inOtherLayout(query))
  const used = (id: string) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  return entries
    .map((entry, place) => {
      const texts = { titles: entry.titles.map(folded), also: entry.also.map(folded) }
      const fit = Math.min(fitOf(texts, asked), fitOf(texts, other) + OTHER_LAYOUT)
      const length = Math.min(...texts.titles.map((title) => title.length))
      return { entry, fit, used: used(entry.id), length, place }
    })
    .filter(({ fit }) => fit < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.fit - b.fit || a.used - b.used || a.length - b.length || a.place - b.place)
    .map(({ entry }) => entry)
}

/** Small letters without marks (ё is е, É is e) and without brackets: `[CLS]` is found by `cls`. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_\-–—.,:;/()[\]<>«»“”"'’]+/g, ' ')
    .trim()
}

interface Folded {
  titles: readonly string[]
  also: readonly string[]
}

function fitOf({ titles, also }: Folded, query: string): number {
  const best = Math.min(...titles.map((title) => fitOfTitle(title, query)))
  if (best <= FIT.inside) return best
  const words = query.split(' ')
  const all = [...titles, ...also]
  if (words.every((word) => all.some((text) => startsWord(text, stem(word))))) return FIT.words
  if (words.every((word) => all.some((text) => text.includes(word)))) return FIT.parts
  return best
}

function fitOfTitle(title: string, query: string): number {
  if (title === query) return FIT.whole
  if (title.startsWith(query)) return FIT.start
  if (startsWord(title, query)) return FIT.wordStart
  if (title.includes(query)) return FIT.inside
  return query.length >= STREWN && isStrewn(title, query.replaceAll(' ', '')) ? FIT.letters : Number.POSITIVE_INFINITY
}

/** Words begin after what is no letter and no digit. */
function startsWord(text: string, start: string): boolean {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true
  }
  return false
}

/** A Russian word, folded, without what changes in it from case to case: маска, маски, маскои. */
function stem(word: string): string {
  const shorter = word.replace(/(?:ами|ями|ого|ому|ои|ыи|ии|ая|ое|ые|ов|ам|ах|[аеиоуыэюяь])$/u, '')
  return shorter.length >= STREWN ? shorter : word
}

/** Whether the letters stand in the title one after another, each next to the one before it or at the start of a word. */
function isStrewn(title: string, letters: string): boolean {
  const from = (at: number, letter: number): boolean => {
    if (letter === letters.length) return true
    for (
      let next = title.indexOf(letters[letter] ?? '', at);
      next >= 0;
      next = title.indexOf(letters[letter] ?? '', next + 1)
    ) {
      const isNear = letter > 0 && next === at
      const isStart = next === 0 || !/[\p{L}\p{N}]/u.test(title[next - 1] ?? '')
      if ((isNear || isStart) && from(next + 1, letter + 1)) return true
    }
    return false
  }
  return from(0, 0)
}

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю'

/** What the same keys write where the layout is the other one: "ьфыл" is "mask". */
export function inOtherLayout(text: string): string {
  return Array.from(text.toLowerCase(), (letter) => {
    const [latin, cyrillic] = [LATIN.indexOf(letter), CYRILLIC.indexOf(letter)]
    return CYRILLIC[latin] ?? LATIN[cyrillic] ?? letter
  }).join('')
}
