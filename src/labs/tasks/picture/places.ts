/** Where heads are asked, in words. */

import type { Place } from './state/pooled.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export function placeName({ tokens }: Pick<PictureRun, 'tokens'>, place: Place): string {
  if (place.of === 'token') return tokens.find(({ key }) => key === place.key)?.label ?? ''
  return t(`place.${place.of}`)
}
