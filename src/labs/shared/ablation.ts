/** Heads switched off, as pairs [layer, head]. */

type Heads = readonly (readonly [layer: number, head: number])[]

export function toggledHead(ablated: Heads, layer: number, head: number): [number, number][] {
  const rest = ablated.filter(([l, h]) => l !== layer || h !== head)
  return copy(rest.length < ablated.length ? rest : [...ablated, [layer, head]])
}

/** Switches the whole layer off, or on where all of it is off. */
export function toggledLayer(ablated: Heads, layer: number, heads: number): [number, number][] {
  const others = ablated.filter(([l]) => l !== layer)
  if (ablated.length - others.length === heads) return copy(others)
  return copy([...others, ...Array.from({ length: heads }, (_, head) => [layer, head] as const)])
}

function copy(heads: Heads): [number, number][] {
  return heads.map(([layer, head]) => [layer, head])
}
