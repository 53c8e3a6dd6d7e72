/** How far attention reaches over a picture (Dosovitskiy et al. 2021, figure 7). */

/**
 * The mean distance between the patch that asks and the patches it reads, weighted by attention, in patch sides; the mean
 * over patches that read any patch. What goes to other tokens counts nowhere.
 * @param map [H, T, T] of one layer
 * @param places [T]: row and column of each patch, null for other tokens
 * @returns [H]; NaN where no patch reads a patch
 */
export function attentionDistances(map: Float32Array, places: readonly (Place | null)[]): Float64Array {
  const T = places.length
  return Float64Array.from({ length: map.length / (T * T) }, (_, head) => {
    let total = 0
    let reading = 0
    places.forEach((from, q) => {
      if (!from) return
      let distance = 0
      let mass = 0
      places.forEach((to, k) => {
        if (!to) return
        const p = map[(head * T + q) * T + k] as number
        mass += p
        distance += p * Math.hypot(from.row - to.row, from.column - to.column)
      })
      if (mass === 0) return
      total += distance / mass
      reading++
    })
    return reading === 0 ? Number.NaN : total / reading
  })
}

export interface Place {
  row: number
  column: number
}
