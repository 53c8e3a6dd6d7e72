/** Links that were passed on keep opening, and those of what a lab usually shows are short. */

import { describe, expect, test } from 'vitest'
import { decodeLink, encodeLink } from '../state/permalink.ts'
import { LABS } from './index.ts'
import links from './testing/links.json' with { type: 'json' }

/** Beyond it, some programs cut addresses (app/share/link_length.ts). */
const USUAL = 2000
/** What stands before a state in an address, with room for the name of a host. */
const AROUND = 'https://a-university.example.org/people/someone/clsroom/#/tokenizers?lang=ru&present&s='.length

describe.each(LABS.map((lab) => [lab.id, lab] as const))('%s', (id, definition) => {
  test('every example fits a usual address, and comes back as it was', async () => {
    const { format, examples } = await definition.parts()
    for (const { id: example, link } of examples) {
      const encoded = encodeLink(format, link)
      expect(AROUND + encoded.length, example).toBeLessThanOrEqual(USUAL)
      expect(await decodeLink(format, encoded), example).toEqual(JSON.parse(JSON.stringify(link)))
    }
  })

  test('a link of every version that was released opens', async () => {
    const { format } = await definition.parts()
    const kept = links.filter(({ lab }) => lab === id)
    const versions = [...Object.keys(format.migrations).map(Number), format.version]
    expect(kept.map(({ version }) => version)).toEqual(expect.arrayContaining(versions))
    for (const { s } of kept) expect(await decodeLink(format, s)).toMatchObject({ lab: id })
  })
})
