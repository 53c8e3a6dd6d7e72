/** What a message of ICU is made of, for the tests of words. */

import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'

type Compiled = ReturnType<typeof compileMessageOrThrow>
type Forms = Readonly<Record<string, Compiled>>

/** A plural in Russian needs all of these, or exact numbers with `other`. */
const RUSSIAN = ['one', 'few', 'many', 'other']

/** The parameters that stand anywhere in a message, and its tags. @throws where it does not compile */
export function partsOf(message: string): Set<string> {
  const tags = Array.from(message.matchAll(/<(\w+)\/?>/g), ([tag]) => tag)
  return new Set([...parametersIn(compileMessageOrThrow(message)), ...tags])
}

/** Whether a Russian message counts, and lacks a form for some counts. */
export function hasLamePlural(message: string): boolean {
  return pluralsIn(compileMessageOrThrow(message)).some(isLame)
}

function parametersIn(compiled: Compiled): string[] {
  return argumentsIn(compiled).flatMap(([name, forms]) => [name, ...Object.values(forms).flatMap(parametersIn)])
}

function pluralsIn(compiled: Compiled): Forms[] {
  return argumentsIn(compiled).map(([, forms]) => forms)
}

/** What a compiled message takes, each with the forms of a plural. */
function argumentsIn(compiled: Compiled): [name: string, forms: Forms][] {
  if (typeof compiled === 'string') return []
  return compiled.flatMap((part): [string, Forms][] => {
    if (!Array.isArray(part)) return []
    const [name, , options] = part
    const forms = typeof options === 'object' ? Object.entries(options ?? {}).filter(([, form]) => form) : []
    return [[String(name), Object.fromEntries(forms) as Forms]]
  })
}

/** Counts differ after one, few and many; a verb may only tell one from the rest. */
function isLame(forms: Forms): boolean {
  const counts = Object.values(forms).some((form) => JSON.stringify(form).includes('"#"'))
  return counts && RUSSIAN.some((form) => !(form in forms))
}
