/** The sample photos that come with the page (public/samples/samples.json says where each is from). */

import { z } from 'zod'
import { ClsroomError } from '../../../core/errors.ts'
import { sampleTitles } from './titles.ts'

const samplesSchema = z.array(
  z.object({
    file: z.string().regex(/^[\w.-]+$/),
    label: z.string().nullable(),
    title: z.string(),
    author: z.string(),
    source: z.string(),
    license: z.string(),
    url: z.string().optional(),
  }),
)

/** `label`: the class a person would give it, or null; `title`: in the language of the moment; `url`: where the page finds it. */
export type Sample = Omit<z.infer<typeof samplesSchema>[number], 'url'> & { url: string }

/** @param baseUrl the folder the page was opened from, ending in "/" */
export async function loadSamples(baseUrl: string): Promise<Sample[]> {
  const folder = `${baseUrl}samples/`
  try {
    const listed = samplesSchema.parse(await (await fetch(`${folder}samples.json`)).json())
    const titleOf = await sampleTitles(Object.fromEntries(listed.map(({ file, title }) => [file, title])))
    return listed.map((sample) => ({
      ...sample,
      url: folder + sample.file,
      get title() {
        return titleOf(sample.file)
      },
    }))
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample photos could not be listed', {
      found: folder,
      advice: 'Choose a photo of your own, or reload',
      cause,
    })
  }
}

/** The sample's file. @throws ClsroomError `fetch` where it cannot be had */
export async function readSample({ url, file }: Pick<Sample, 'url' | 'file'>): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    return await answer.arrayBuffer()
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample photo could not be fetched', {
      found: file,
      advice: 'Choose a photo of your own, or try again when you are online',
      cause,
    })
  }
}
