/** A language of the tests: English with accents, two fifths longer, its parameters and tags as they are. */

import type { Messages } from './languages.ts'

const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', O: 'Ó' }
const LONGER = 0.4

export function pseudo(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, longer(text)]))
}

/** Only plain text outside of {parameters} and <tags> changes; a plural's branches are inside braces and stay. */
function longer(message: string): string {
  const parts = message.split(/(\{(?:[^{}]|\{[^{}]*\})*\}|<[^>]*>)/)
  const changed = parts.map((part, i) => (i % 2 === 1 ? part : part.replace(/[aeiouAEO]/g, (c) => ACCENTED[c] ?? c)))
  return changed.join('') + '~'.repeat(Math.ceil(message.replace(/\{.*\}/, '').length * LONGER))
}
