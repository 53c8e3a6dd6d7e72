import { expect, test } from 'vitest'
import { fetchPart } from './fetch_part.ts'

test('a part that cannot be had is a typed error, and asking again asks again', async () => {
  let online = false
  const load = async () => {
    if (!online) throw new TypeError('Failed to fetch dynamically imported module: http://localhost:9/assets/x.js')
    return { default: 'part' }
  }
  await expect(fetchPart(load)).rejects.toMatchObject({
    code: 'fetch',
    message: expect.stringContaining('part of the page'),
  })
  online = true
  expect(await fetchPart(load)).toEqual({ default: 'part' })
})
