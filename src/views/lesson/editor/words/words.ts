/** What the editor of lessons says. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('lesson-editor', en, { ru: () => import('./ru.ts') })

/** The name of a measure, an argument or an option; what has none yet is called as lesson files call it. */
export function nameOf(kind: 'measure' | 'argument' | 'option', id: string): string {
  const key = `${kind}.${id}`
  return key in en ? t(key as keyof typeof en) : id
}
