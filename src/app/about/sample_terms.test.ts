/** Every sample of the page is in what About lists, in its author's own words of the README. */

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SAMPLE_TERMS } from './sample_terms.ts'

const read = (file: string) => readFileSync(new URL(`../../../public/samples/${file}`, import.meta.url), 'utf8')

it('names no author and no licence that the folder does not', () => {
  const readme = read('README.md') + read('prices/README.md')
  const parts = SAMPLE_TERMS.flatMap(({ author, licence }) => [...author.split(/[;()]/), licence])
  for (const part of parts) if (!['', 'MIT', 'CLSroom'].includes(part.trim())) expect(readme).toContain(part.trim())
})

it('leaves no file out', () => {
  const photos = JSON.parse(read('samples.json')) as { file: string }[]
  const listed = [...photos.map(({ file }) => file), ...SAMPLE_TERMS.map(({ file }) => file)]
  const files = readdirSync(new URL('../../../public/samples', import.meta.url), { recursive: true, encoding: 'utf8' })
  const ours = /^source|README|LICENSE|samples\.json|scenes\.json|windows\.json|^[^.]+$/ // lists and texts of our own
  for (const file of files.filter((one) => !ours.test(one))) {
    const [folder = '', name = ''] = file.includes('/') ? file.split('/') : ['', file]
    const isListed = listed.some((one) =>
      folder === '' ? one === file : one.startsWith(`${folder}/`) && (one.includes(name) || /…|\*/.test(one)),
    )
    expect(isListed, file).toBe(true)
  }
})
