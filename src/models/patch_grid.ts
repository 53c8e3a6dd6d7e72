/** How many patches a picture has. */

import type { ModelInfo } from './model.ts'

export function patchGrid(
  { patch, partialPatches }: Pick<NonNullable<ModelInfo['image']>, 'patch' | 'partialPatches'>,
  [height, width]: readonly [number, number],
): [rows: number, columns: number] {
  const count = (side: number) => (partialPatches ? Math.ceil(side / patch) : Math.floor(side / patch))
  return [count(height), count(width)]
}
