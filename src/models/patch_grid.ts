/** How many patches a picture has, and how many tokens they make. */

import type { ModelInfo } from './model.ts'

type Image = NonNullable<ModelInfo['image']>

export function patchGrid(
  { patch, partialPatches }: Pick<Image, 'patch' | 'partialPatches'>,
  [height, width]: readonly [number, number],
): [rows: number, columns: number] {
  const count = (side: number) => (partialPatches ? Math.ceil(side / patch) : Math.floor(side / patch))
  return [count(height), count(width)]
}

/** Tokens of a whole picture: class tokens, registers, patches, detection tokens. */
export function imageTokens(image: Image, size: readonly [number, number]): number {
  const [rows, columns] = patchGrid(image, size)
  return image.classTokens + image.registers + rows * columns + (image.detections ?? 0)
}
