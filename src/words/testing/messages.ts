/** What the tests of words ask of a message. */

import { choicesOf, type Forms, parametersOf } from '../message_parts.ts'

/** A plural in Russian needs all of these, or exact numbers with `other`. */
const RUSSIAN = ['one', 'few', 'many', 'other']

/** The parameters that stand anywhere in a message, and its tags. @throws where it does not compile */
export function partsOf(message: string): Set<string> {
  const tags = Array.from(message.matchAll(/<(\w+)\/?>/g), ([tag]) => tag)
  return new Set([...parametersOf(message), ...tags])
}

/** Whether a Russian message counts, and lacks a form for some counts. */
export function hasLamePlural(message: string): boolean {
  return choicesOf(message).some(isLame)
}

/** Counts differ after one, few and many; a verb may only tell one from the rest. */
function isLame(forms: Forms): boolean {
  const counts = Object.values(forms).some((form) => JSON.stringify(form).includes('"#"'))
  return counts && RUSSIAN.some((form) => !(form in forms))
}
