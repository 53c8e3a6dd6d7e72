/** How many patches a picture has. */

/** @param partialPatches whether patches that the picture fills only in part count: cells of a backbone's feature map */
export function patchGrid(
  { patch, partialPatches }: { patch: number; partialPatches?: true },
  [height, width]: readonly [number, number],
): [rows: number, columns: number] {
  const count = (side: number) => (partialPatches ? Math.ceil(side / patch) : Math.floor(side / patch))
  return [count(height), count(width)]
}

/**
 * The window that a patch lies in, in a layer: squares of `side` patches, moved up and to the left by `shift` in every second layer, so that
 * those at the edges are smaller (Liu et al. 2021, "Swin Transformer", section 3.2).
 */
export function windowOfPatch(
  patch: number,
  layer: number,
  { side, shift, columns }: { side: number; shift: number; columns: number },
): number {
  const moved = layer % 2 === 1 ? (side - (shift % side)) % side : 0
  const band = (place: number) => Math.floor((place + moved) / side)
  const across = band(columns - 1) + 1
  return band(Math.floor(patch / columns)) * across + band(patch % columns)
}
