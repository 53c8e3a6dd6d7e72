/** Every room of words says the same in every language: its messages compile, with the same parameters and tags. */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Messages } from './languages.ts'
import { hasLamePlural, partsOf } from './testing/messages.ts'

const ROOMS = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('words/en.ts'))
  .map((file) => `../${file.replace('en.ts', '')}`)

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
    const lame = Object.values(ru).filter((message) => hasLamePlural(message))
    expect(lame).toEqual([])
  })
})
