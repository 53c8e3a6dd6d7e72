/** Every room of words says the same in every language: its messages compile, with the same parameters and tags. */

import { readdirSync } from 'node:fs'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import type { Messages } from './languages.ts'

const ROOMS = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('words/en.ts'))
  .map((file) => `../${file.replace('en.ts', '')}`)

/** A plural in Russian needs all of these, or exact numbers with `other`. */
const RUSSIAN = ['one', 'few', 'many', 'other']

describe.each(ROOMS)('%s', async (room) => {
  const { en }: { en: Messages } = await import(/* @vite-ignore */ `${room}en.ts`)
  const { default: ru }: { default: Messages } = await import(/* @vite-ignore */ `${room}ru.ts`)

  it('has the parameters and tags of English in Russian', () => {
    const apart = Object.keys(en).filter((key) => {
      const [english, russian] = [partsOf(en[key] ?? ''), partsOf(ru[key] ?? '')]
      // A count may be given for the sake of Russian, whose verbs agree with it.
      if (russian.has('count')) english.add('count')
      return [...english].sort().join() !== [...russian].sort().join()
    })
    expect(apart.map((key) => [en[key], ru[key]])).toEqual([])
  })

  it('has every form of a Russian plural', () => {
    const lame = Object.values(ru).filter((message) => pluralsOf(compileMessage(message)).some(isLame))
    expect(lame).toEqual([])
  })
})

type Compiled = ReturnType<typeof compileMessage>
type Forms = Readonly<Record<string, Compiled>>

/** The parameters that stand anywhere in a message, and its tags. */
function partsOf(message: string): Set<string> {
  const tags = Array.from(message.matchAll(/<(\w+)\/?>/g), ([tag]) => tag)
  return new Set([...parametersOf(compileMessage(message)), ...tags])
}

function parametersOf(compiled: Compiled): string[] {
  return argumentsOf(compiled).flatMap(([name, forms]) => [name, ...Object.values(forms).flatMap(parametersOf)])
}

function pluralsOf(compiled: Compiled): Forms[] {
  return argumentsOf(compiled).map(([, forms]) => forms)
}

/** What a compiled message takes, each with the forms of a plural. */
function argumentsOf(compiled: Compiled): [name: string, forms: Forms][] {
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
