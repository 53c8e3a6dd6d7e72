import { describe, expect, it } from 'vitest'
import { decodeLink, encodeLink, parseLink } from '../../../state/permalink.ts'
import { EXAMPLES } from '../examples.ts'
import { BATCH_FORMAT, decodeBatch, encodeBatch } from './link.ts'
import { type BatchDoc, DOC, LOOK } from './settings.ts'
import { MOST_LINKED } from './source.ts'

const doc: BatchDoc = { ...DOC, model: 'm', strategy: 'buckets', block: false, separator: false }

describe('a link', () => {
  it('brings back what it was made of', async () => {
    const link = await decodeLink(BATCH_FORMAT, encodeLink(BATCH_FORMAT, encodeBatch(doc, LOOK)))
    expect(decodeBatch(link, { id: 'm' })).toEqual(doc)
    expect(link.look).toEqual(LOOK)
  })

  it('holds whole lines, and says where some are missing', () => {
    const line = 'a line of twenty four\n'
    const text = line.repeat(2000)
    const { source, shortened } = encodeBatch({ ...doc, source: { type: 'own', text } }, LOOK)
    expect(shortened).toBe(true)
    const kept = source.type === 'own' ? source.text : ''
    expect(kept.length).toBeLessThanOrEqual(MOST_LINKED)
    expect(kept.length).toBeGreaterThan(MOST_LINKED - 2 * line.length)
    expect(text.startsWith(`${kept}\n`)).toBe(true)
    const short = encodeBatch({ ...doc, source: { type: 'own', text: line } }, LOOK)
    expect(short.shortened).toBeUndefined()
  })

  it.each([
    { strategy: 'magic' },
    { settings: { size: 0 } },
    { settings: { capacity: 3 } },
    { source: { type: 'sample', corpus: 'zipf', count: 10_001, seed: 1 } },
    { source: undefined },
  ])('of something else is refused: %j', async (change) => {
    await expect(parseLink(BATCH_FORMAT, { ...encodeBatch(doc, LOOK), ...change })).rejects.toThrow('no state')
  })

  it('is what every example is', async () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(8)
    for (const { link } of EXAMPLES) expect(await parseLink(BATCH_FORMAT, link)).toEqual(link)
  })
})
