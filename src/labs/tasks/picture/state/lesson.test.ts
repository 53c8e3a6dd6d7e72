/** The page's turns, rims and labels against the recipe's (training/tasks/tasks.py). */

import { describe, expect, it } from 'vitest'
import type { Picture } from '../../../../loaders/image_resize.ts'
import { COLOURS, colourOf, paintRim, QUARTERS, rimMean, turn } from './lesson.ts'

/** One number a pixel, in the red channel. */
function picture(rows: number[][]): Picture {
  const width = rows[0]?.length ?? 0
  const data = Uint8ClampedArray.from(rows.flat().flatMap((red) => [red, 0, 0, 255]))
  return { width, height: rows.length, data }
}
const reds = ({ width, height, data }: Picture) =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => data[(y * width + x) * 4]))

describe('a turn', () => {
  it('is anticlockwise, as torch.rot90 turns rows and columns', () => {
    // torch.tensor([[1, 2, 3], [4, 5, 6]]).rot90(1, (0, 1))
    expect(
      reds(
        turn(
          picture([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          1,
        ),
      ),
    ).toEqual([
      [3, 6],
      [2, 5],
      [1, 4],
    ])
  })

  it.each(QUARTERS)('of %i quarters is undone by the rest of four', (quarters) => {
    const one = picture([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const rest = ((4 - quarters) % 4) as typeof quarters
    expect(turn(turn(one, quarters), rest)).toEqual(one)
  })
})

describe('the rim', () => {
  it.each(COLOURS)('painted %s is called so', (colour) => {
    const painted = paintRim(picture(Array.from({ length: 12 }, () => Array(12).fill(250))), { colour, strength: 1 }, 3)
    expect(colourOf(rimMean(painted, 3))).toBe(colour)
    expect(painted.data[(6 * 12 + 6) * 4]).toBe(250) // what lies inside stays
    expect(painted.data[(2 * 12 + 6) * 4]).not.toBe(250)
  })

  it('of a picture no larger than it is all of the picture', () => {
    expect(rimMean(picture([[255]]), 4)).toEqual([1, 0, 0])
  })

  // border_label of training/tasks/tasks.py on pictures of one colour.
  it.each([
    [[0.32, 0.1, 0.1], 'dark'],
    [[0.34, 0.1, 0.1], 'warm'],
    [[0.5, 0.45, 0.45], 'grey'],
    [[0.5, 0.43, 0.5], 'warm'],
    [[0.71, 0.7, 0.7], 'white'],
    [[0.7, 0.7, 0.69], 'grey'],
    [[0.5, 0.5, 0.2], 'green'],
    [[0.2, 0.5, 0.5], 'green'],
    [[0.2, 0.4, 0.5], 'blue'],
  ] as const)('%j is %s', (mean, colour) => expect(colourOf(mean)).toBe(colour))
})
