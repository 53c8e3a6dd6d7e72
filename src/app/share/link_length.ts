/** How long a link is, and what makes it so. */

/** Mail programs, chats and servers pass on addresses of this length. */
export const USUAL = 2000
/** Bytes that the largest QR code holds, with the least correction (ISO/IEC 18004, version 40-L). */
export const MOST_IN_QR = 2953

/** The part of a link that takes the most characters, and its share of all. */
export function longestPart(link: object): { name: string; share: number } | null {
  const lengths = Object.entries(link).map(([name, value]) => ({ name, length: JSON.stringify(value)?.length ?? 0 }))
  const whole = lengths.reduce((sum, { length }) => sum + length, 0)
  const longest = lengths.reduce((best, one) => (one.length > best.length ? one : best), { name: '', length: 0 })
  return whole === 0 ? null : { name: longest.name, share: longest.length / whole }
}
