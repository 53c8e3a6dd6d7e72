/** Sequences that share a row are told apart by colours, the same ones in the picture of the batch and along the row's map. */

import type { Assembled } from './state/assemble.ts'

/** Colours that neighbours in a row are told apart by. */
const COLOURS = 6

/** @param place among the sequences of a row */
export function colourOf(place: number): number {
  return place % COLOURS
}

/** The colour of each position of a row; undefined for PAD. */
export function coloursOf({ standing, owner, width }: Assembled, row: number): (number | undefined)[] {
  const places = new Map(standing.filter((one) => one.row === row).map(({ sequence }, place) => [sequence, place]))
  return Array.from(owner.subarray(row * width, (row + 1) * width), (sequence) => {
    const place = places.get(sequence)
    return place === undefined ? undefined : colourOf(place)
  })
}
