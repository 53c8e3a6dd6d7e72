/** How many patches a picture has. */

/** @param partialPatches whether patches that the picture fills only in part count: cells of a backbone's feature map */
export function patchGrid(
  { patch, partialPatches }: { patch: number; partialPatches?: true },
  [height, width]: readonly [number, number],
): [rows: number, columns: number] {
  const count = (side: number) => (partialPatches ? Math.ceil(side / patch) : Math.floor(side / patch))
  return [count(height), count(width)]
}
