/** What the editor of lessons says. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('lesson-editor', en, { ru: () => import('./ru.ts') })

/**
 * The name of a measure, an argument or an option; what has none yet is called as lesson files call it.
 * @param lab that a measure belongs to: another may mean something else by its name
 */
export function nameOf(kind: 'measure' | 'argument' | 'option', id: string, lab = ''): string {
  const key = [`${kind}.${lab}.${id}`, `${kind}.${id}`].find((one) => one in en)
  return key === undefined ? id : t(key as keyof typeof en)
}
