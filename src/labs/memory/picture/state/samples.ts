/** Sample pictures: photos for the base, and two sheets of held-out pictures for the tasks (public/samples/README.md says where from). */

import { ClsroomError } from '../../../../core/errors.ts'
import { crop, type Picture } from '../../../../loaders/image_resize.ts'
import type { Engine } from '../../../../state/engine.ts'
import { loadSamples, readSample, type Sample } from '../../../shared/samples/samples.ts'

/** The sheets' classes, a row each, in the model's order. */
export const SHEETS = {
  fashion: ['t-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
  digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
} as const
export type Sheet = keyof typeof SHEETS

const SIDE = 28
/** Pictures of a class. */
export const EACH = 10
/** Black around each, as the tasks were learned with. */
const BORDER = 2

export interface Pictured {
  /** A photo's file, or sheet, class and number: `digits-7-0`. */
  id: string
  label: string | null
  picture: Picture
}

export interface Samples {
  photos: readonly Sample[]
  sheets: Readonly<Record<Sheet, Picture>>
}

export async function loadAllSamples(engine: Pick<Engine, 'picture'>, baseUrl: string): Promise<Samples> {
  const sheet = async (name: Sheet) =>
    engine.picture(await readSample({ url: `${baseUrl}samples/memory/${name}.png`, file: `${name}.png` }))
  const [photos, fashion, digits] = await Promise.all([loadSamples(baseUrl), sheet('fashion'), sheet('digits')])
  return { photos, sheets: { fashion, digits } }
}

/** The ids of the sheets' pictures: the first `each` of every class. */
export function sheetIds(sheet: Sheet, each = EACH): string[] {
  return SHEETS[sheet].flatMap((_, label) => Array.from({ length: each }, (_, number) => `${sheet}-${label}-${number}`))
}

/** A picture of a sheet; null for what is none. */
export function fromSheet({ sheets }: Pick<Samples, 'sheets'>, id: string): Pictured | null {
  const [, name, label, number] = /^(fashion|digits)-(\d)-(\d)$/.exec(id) ?? []
  if (!name) return null
  const place = { left: Number(number) * SIDE, top: Number(label) * SIDE, width: SIDE, height: SIDE }
  const side = SIDE + 2 * BORDER
  const own = crop(sheets[name as Sheet], place)
  return {
    id,
    label: SHEETS[name as Sheet][Number(label)] ?? null,
    picture: crop(own, { left: -BORDER, top: -BORDER, width: side, height: side }),
  }
}

/** @throws ClsroomError `fetch` where it cannot be had, `input` for an id of none */
export async function readPictured(engine: Pick<Engine, 'picture'>, samples: Samples, id: string): Promise<Pictured> {
  const drawn = fromSheet(samples, id)
  if (drawn) return drawn
  const photo = samples.photos.find(({ file }) => file === id)
  if (photo) return { id, label: photo.label, picture: await engine.picture(await readSample(photo)) }
  throw new ClsroomError('input', 'There is no such sample picture', {
    found: id,
    expected: samples.photos.map(({ file }) => file).join(', '),
  })
}

/** Every labelled photo, and `each` pictures of every class of both sheets. */
export async function readSet(engine: Pick<Engine, 'picture'>, samples: Samples, each: number): Promise<Pictured[]> {
  const labelled = samples.photos.filter(({ label }) => label !== null)
  const photos = await Promise.all(labelled.map(({ file }) => readPictured(engine, samples, file)))
  const drawn = (Object.keys(SHEETS) as Sheet[]).flatMap((sheet) => sheetIds(sheet, each))
  return [...photos, ...drawn.flatMap((id) => fromSheet(samples, id) ?? [])]
}
