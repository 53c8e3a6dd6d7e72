/** "What am I seeing?": every tool and panel of every lab is answered, in both languages, by a formula that typesets and a source to open. */

import { readdirSync, readFileSync } from 'node:fs'
import temml from 'temml'
import { describe, expect, it } from 'vitest'
import type { HelpEntry, HelpRef } from '../views/help/help.ts'
import type { Messages } from '../words/languages.ts'

const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' })
const HELPS = FILES.filter((file) => file.endsWith('help/entries.ts')).map((file) => file.replace('entries.ts', ''))
const TOOLS = FILES.filter((file) => file.endsWith('tools/index.ts'))
const SOURCES = FILES.filter((file) => /\.tsx?$/.test(file) && !/\.test\.|gallery/.test(file)).map((file) => ({
  file,
  text: readFileSync(`src/${file}`, 'utf8'),
}))

it('finds the labs', () => {
  expect(TOOLS.length).toBeGreaterThanOrEqual(12)
  expect(HELPS.length).toBe(TOOLS.length + 1) // what several labs have is answered once, beside them
})

describe.each(HELPS)('%s', async (folder) => {
  const { default: part } = await import(/* @vite-ignore */ `../${folder}entries.ts`)
  const { en }: { en: Messages } = await import(/* @vite-ignore */ `../${folder}words/en.ts`)
  const { default: ru }: { default: Messages } = await import(/* @vite-ignore */ `../${folder}words/ru.ts`)
  const entries: [string, HelpEntry][] = Object.entries(part.entries)

  it('says each panel and its letters in both languages', () => {
    for (const [id, { caution }] of entries) {
      for (const key of [id, `${id}.symbols`, ...(caution ? [caution] : [])]) {
        expect(en[key], `${key}, English`).toMatch(/\p{L}{3}/u)
        expect(ru[key], `${key}, Russian`).toMatch(/\p{Script=Cyrillic}{3}/u)
      }
    }
  })

  it('has no words that nothing says', () => {
    const said = entries.flatMap(([id, { caution }]) => [id, `${id}.symbols`, ...(caution ? [caution] : [])])
    expect(Object.keys(en).filter((key) => !said.includes(key))).toEqual([])
  })

  it.each(entries)('typesets %s', (_, { tex }) => {
    const typeset = temml.renderToString(tex, { throwOnError: true })
    expect(typeset).toContain('<math')
    expect(typeset).not.toContain('temml-error')
  })

  it('has sources that open', () => {
    for (const [id, { sources }] of entries) {
      for (const { text, url } of sources) {
        expect(new URL(url).protocol, id).toMatch(/^https?:$/)
        expect(text.length, id).toBeGreaterThan(4)
      }
    }
  })

  it('is asked for all that it answers', () => {
    const lab = folder.startsWith('labs/shared') ? 'labs/' : folder.replace('help/', '')
    const asked = SOURCES.filter(({ file }) => file.startsWith(lab)).flatMap(({ text }) =>
      Array.from(
        text.matchAll(/elp\(['`]([^'`]+)['`]\)/g),
        ([, id = '']) => new RegExp(`^${id.replace(/\$\{\w+\}/, '\\w+')}$`),
      ),
    )
    expect(entries.map(([id]) => id).filter((id) => !asked.some((pattern) => pattern.test(id)))).toEqual([])
  })
})

describe.each(TOOLS)('%s', async (file) => {
  const lists: Record<string, readonly { tools: readonly { id: string; help: HelpRef }[] }[]> = await import(
    /* @vite-ignore */ `../${file}`
  )
  const tools = Object.values(lists)
    .flat()
    .flatMap((group) => group.tools)

  it('answers for every tool', async () => {
    expect(tools.length).toBeGreaterThan(3)
    for (const { id, help } of tools) {
      expect(help.of).toBe(`tool.${id}`)
      const { entries, say } = await help.ask()
      expect(entries[help.of], id).toBeDefined()
      expect(say(help.of)).not.toBe(help.of)
    }
  })
})

it('leaves no panel without an answer but those whose tool answers over them', () => {
  const silent = SOURCES.filter(({ text }) => /<Panel[^>]*help=\{null\}/.test(text)).map(({ file }) => file)
  const editors = ['labs/shared/mask/', 'labs/shared/embedding/', 'labs/shared/second_opinion/']
  expect(silent.filter((file) => !file.includes('/tools/') && !editors.some((one) => file.startsWith(one)))).toEqual([])
})
