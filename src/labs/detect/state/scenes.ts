/** The sample scenes (public/samples/scenes says where they are from), and the sheet of drawings of the scene editor. */

import { z } from 'zod'
import { ClsroomError } from '../../../core/errors.ts'
import { boxOfCorners, type Labelled } from './boxes.ts'

const corner = z.number().min(0)
const scenesSchema = z.array(
  z.object({
    file: z.string().regex(/^[\w.-]+$/),
    drawings: z.enum(['google', 'twitter']),
    size: z.tuple([z.number().positive(), z.number().positive()]),
    objects: z.array(z.object({ label: z.string(), box: z.tuple([corner, corner, corner, corner]) })),
  }),
)

export interface Scene {
  file: string
  url: string
  /** Twitter's drawings were never met in training. */
  isKnown: boolean
  objects: Labelled[]
}

export async function loadScenes(baseUrl: string): Promise<Scene[]> {
  const folder = `${baseUrl}samples/scenes/`
  try {
    const listed = scenesSchema.parse(await (await fetch(`${folder}scenes.json`)).json())
    return listed.map(({ file, drawings, size: [width, height], objects }) => ({
      file,
      url: folder + file,
      isKnown: drawings === 'google',
      objects: objects.map(({ label, box }) => ({ label, box: boxOfCorners(box, width, height) })),
    }))
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample scenes could not be listed', {
      found: folder,
      advice: 'Choose a picture of your own, or reload',
      cause,
    })
  }
}

export const drawingsUrl = (baseUrl: string) => `${baseUrl}samples/scenes/drawings.png`

/** @throws ClsroomError `fetch` where it cannot be had */
export async function readPicture(url: string): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    return await answer.arrayBuffer()
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample scene could not be fetched', {
      found: url,
      advice: 'Choose a picture of your own, or try again when you are online',
      cause,
    })
  }
}
