/** What a message of ICU is made of, and what is wrong with one that somebody else wrote. */

import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'

type Compiled = ReturnType<typeof compileMessageOrThrow>
export type Forms = Readonly<Record<string, Compiled>>

interface Argument {
  name: string
  /** `number`, `plural`, …; undefined where it is said as it is. */
  type: string | undefined
  /** By choice, where it has choices. */
  forms: Forms
}

const CHOICES = ['plural', 'select', 'selectordinal']
const TYPES: readonly (string | undefined)[] = [undefined, 'number', ...CHOICES]

/** The parameters that stand anywhere in a message. @throws where it does not compile */
export function parametersOf(message: string): string[] {
  return argumentsOf(message).map(({ name }) => name)
}

/** The choices by a parameter, those of plurals among them. @throws where it does not compile */
export function choicesOf(message: string): Forms[] {
  return argumentsIn(compileMessageOrThrow(message)).map(({ forms }) => forms)
}

/** Why a message cannot be said; null where it can. */
export function faultOf(message: string): string | null {
  try {
    for (const { name, type, forms } of argumentsOf(message)) {
      if (!TYPES.includes(type)) return `{${name}, ${type}} is none of ${TYPES.slice(1).join(', ')}`
      if (CHOICES.includes(type ?? '') && !('other' in forms)) return `{${name}, ${type}} needs other {…}`
    }
    return null
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '').replace(/:$/, '') : String(thrown)
  }
}

/** All that a message takes, choices within choices among them. */
function argumentsOf(message: string): Argument[] {
  const within = (compiled: Compiled): Argument[] =>
    argumentsIn(compiled).flatMap((one) => [one, ...Object.values(one.forms).flatMap(within)])
  return within(compileMessageOrThrow(message))
}

function argumentsIn(compiled: Compiled): Argument[] {
  if (typeof compiled === 'string') return []
  return compiled.flatMap((part): Argument[] => {
    if (!Array.isArray(part)) return []
    const [name, type, options] = part
    const forms = typeof options === 'object' ? Object.entries(options ?? {}).filter(([, form]) => form) : []
    return [{ name: String(name), type, forms: Object.fromEntries(forms) as Forms }]
  })
}
