/** Looks that come with links: of another model they may name layers and heads that this one lacks. */

interface MapLook {
  layer: number
  head: number | 'mean'
}

/** The look within a model: its last layer for a later one, the mean for a head that is not there. */
export function mapLookWithin({ layer, head }: MapLook, { layers, heads }: { layers: number; heads: number }): MapLook {
  return { layer: Math.min(layer, layers - 1), head: head === 'mean' || head < heads ? head : 'mean' }
}
