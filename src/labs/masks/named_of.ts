/** Whether rules are a mask that has a name, whatever the values of its constants. */

import { active } from '../../sequence/token.ts'
import type { MasksDoc } from './state/doc.ts'
import { NAMED, type NamedMask } from './state/named.ts'

/** @param chosen the name that was chosen last: of several names of one mask this one, else that of the tokens that are there */
export function namedOf(
  { rules, sequence }: Pick<MasksDoc, 'rules' | 'sequence'>,
  chosen: string,
): NamedMask | undefined {
  const [rule, ...others] = rules
  if (!rule || others.length > 0 || rule.layers || rule.heads) return undefined
  const kinds = new Set(active(sequence).map(({ kind }) => kind))
  const fitting = NAMED.filter((one) => shape(one.rule) === shape(rule.text))
  const has = ({ wants = [] }: NamedMask) => wants.every(({ kind }) => kinds.has(kind))
  return (
    fitting.find(({ id }) => id === chosen) ??
    fitting.find((one) => one.wants && has(one)) ??
    fitting.find((one) => !one.wants)
  )
}

/** A rule without the values of its constants. */
function shape(text: string): string {
  const [body = '', where = ''] = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/ where /)
  return `${body}|${where.replace(/-?\d+/g, '#')}`
}
