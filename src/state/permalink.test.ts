import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeLink, encodeLink, type LinkFormat } from './permalink.ts'

interface Old {
  word: string
}
interface New {
  words: string[]
}

const OLD: LinkFormat<Old> = { version: 1, schema: async () => z.object({ word: z.string() }), migrations: {} }
const NEW: LinkFormat<New> = {
  version: 3,
  schema: async () => z.object({ words: z.array(z.string()) }),
  migrations: {
    1: (content) => ({ list: [(content as Old).word] }),
    2: (content) => ({ words: (content as { list: string[] }).list }),
  },
}

test('a link of an older version is brought to today’s, step by step', async () => {
  expect(await decodeLink(NEW, encodeLink(OLD, { word: 'cls' }))).toEqual({ words: ['cls'] })
  expect(await decodeLink(NEW, encodeLink(NEW, { words: ['a', 'b'] }))).toEqual({ words: ['a', 'b'] })
})

test('a link of a version to come says which one', async () => {
  const link = encodeLink(NEW, { words: [] })
  await expect(decodeLink(OLD, link)).rejects.toMatchObject({ code: 'state', found: 'version 3, not 1' })
})

test('what is no link, and what does not fit, are state errors', async () => {
  await expect(decodeLink(NEW, 'garbage!!')).rejects.toMatchObject({ code: 'state' })
  const wrong = encodeLink({ ...NEW, version: 3 } as LinkFormat<unknown>, { words: 'one' })
  await expect(decodeLink(NEW, wrong)).rejects.toMatchObject({
    code: 'state',
    found: expect.stringMatching(/^words: /),
  })
})
