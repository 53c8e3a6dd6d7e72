/** Runs of the shipped model: its pictures, its answers, and what becomes of odd pictures. */

import { beforeAll, describe, expect, it } from 'vitest'
import { bestOf } from '../../../../state/readouts.ts'
import type { Rim } from './lesson.ts'
import { answersOf } from './readings.ts'
import { runPicture, sightOf } from './run.ts'
import { photoOf, tasksEngine } from './testing/tasks_engine.ts'

let made: Awaited<ReturnType<typeof tasksEngine>>
beforeAll(async () => {
  made = await tasksEngine('clsroom-vit-tasks')
})

describe('the picture that is run', () => {
  it.each([
    ['a single pixel', 1, 1],
    ['a line', 3000, 1],
    ['a very large one', 2500, 1800],
  ])('may be %s', async (_, width, height) => {
    const photo = photoOf(1, null, width, height)
    const run = await runPicture(made.engine, { ...made, photo, layer: 0 }, { attentions: false, rowAnswers: false })
    expect([run.seen.width, run.seen.height]).toEqual([32, 32])
    expect(answersOf(run)).toHaveLength(3)
    expect(run.truth).toMatchObject({ object: null, rotation: '0' })
  })

  it('is turned before it is cropped, and its rim painted last', () => {
    const photo = photoOf(1, null, 40, 60)
    const rim: Rim = { colour: 'blue', strength: 1 }
    const { seen, sharp } = sightOf(photo, { quarters: 1, rim }, made.model)
    expect([sharp.width, sharp.height]).toEqual([40, 40])
    const pixel = ({ width, data }: typeof seen, x: number, y: number) => [
      ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
    ]
    expect(pixel(seen, 3, 16)).toEqual(pixel(sharp, 4, 20))
    expect(pixel(seen, 4, 16)).not.toEqual(pixel(seen, 3, 16))
  })

  it.each(['dark', 'grey', 'white', 'warm', 'green', 'blue'] as const)(
    'says %s of a rim that is painted so',
    async (colour) => {
      // A plain grey picture: nothing but the rim tells.
      const photo = photoOf(1, null, 32, 32)
      photo.picture.data.fill(128)
      const doc = { ...made.doc, rim: { colour, strength: 1 } }
      const run = await runPicture(
        made.engine,
        { ...made, doc, photo, layer: 0 },
        { attentions: false, rowAnswers: false },
      )
      const border = answersOf(run).find(({ id }) => id === 'border')
      expect(border?.names[border ? bestOf(border) : 0]).toBe(colour)
      expect(run.truth.border).toBe(colour)
    },
  )
})
