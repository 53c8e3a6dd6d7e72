/** Order of strings as their UTF-8 bytes, which is that of code points; JavaScript's own order is that of UTF-16 units. */
export function byCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return inOrder(x) - inOrder(y)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all others. */
function inOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
