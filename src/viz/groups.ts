/** The groups that shares are counted by: the kinds of token, with punctuation apart from the other words. */

import { CONTENT_KINDS, type Kind, SPECIAL_KINDS } from '../core/tokens.ts'
import { KIND_LABELS } from './kinds.ts'

export type Group = Kind | 'punctuation'

/** The order of legends and stacks: special tokens, punctuation, words, patches. */
export const GROUPS: readonly Group[] = [...SPECIAL_KINDS, 'punctuation', ...CONTENT_KINDS]

const NAMES: Partial<Record<Group, string>> = { punctuation: 'punctuation', word: 'words', patch: 'patches' }

export function groupName(group: Group): string {
  return NAMES[group] ?? KIND_LABELS[group as Kind]
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
