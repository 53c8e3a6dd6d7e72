/** Ready forms of text, and what each of their segments is, in words. */

import type { TextFormat } from '../../sequence/formats.ts'
import { t } from './words/words.ts'

export function formatName({ id }: TextFormat): string {
  return t(`format.${id}`)
}

/** undefined beyond the format's own segments. */
export function partName({ segments }: TextFormat, segment: number): string | undefined {
  const part = segments[segment]?.part
  return part && t(`part.${part}`, { number: segment + 1 })
}
