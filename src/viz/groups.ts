/** The groups that shares are counted by: the kinds of token, with punctuation apart from the other words. */

import { CONTENT_KINDS, type Kind, SPECIAL_KINDS } from '../core/tokens.ts'
import { KIND_LABELS } from './kinds.ts'
import { t } from './words/words.ts'

export type Group = Kind | 'punctuation'

/** The order of legends and stacks: special tokens, punctuation, words, patches. */
export const GROUPS: readonly Group[] = [...SPECIAL_KINDS, 'punctuation', ...CONTENT_KINDS]

export function groupName(group: Group): string {
  if (group === 'punctuation' || group === 'word' || group === 'patch' || group === 'asset') return t(`group.${group}`)
  return KIND_LABELS[group]
}

/** What BERT's tokenizer splits off as punctuation: Unicode P, and every ASCII sign that is neither letter nor digit. */
const PUNCTUATION = /^[\p{P}$+<=>^`|~]+$/u

/** @param label as the vocabulary writes it; `##` marks a piece inside a word */
export function groupOf({ kind, label }: { kind: Kind; label: string }): Group {
  if (kind !== 'word') return kind
  return PUNCTUATION.test(label.replace(/^##(?=.)/u, '')) ? 'punctuation' : 'word'
}

/** Groups present, in the canonical order. */
export function groupsIn(groups: Iterable<Group>): Group[] {
  const present = new Set(groups)
  return GROUPS.filter((group) => present.has(group))
}
