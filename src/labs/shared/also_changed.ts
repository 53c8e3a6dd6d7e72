/** What an edit changed beside what was asked for, in words. */

import type { Renumbered } from '../../sequence/changes.ts'
import { segmentName } from '../../views/tokens/describe.ts'
import type { Change } from './useChange.ts'
import { t } from './words/words.ts'

/** So many tokens are named; more are counted. */
const NAMED = 2

/** "6 tokens stand at other positions (+1)", "good, [SEP] went from segment A to B": one phrase for each kind of change. */
export function alsoChanged({ also, runs }: Pick<Change, 'also' | 'runs'>): string[] {
  const labels = new Map(runs.b.tokens.map(({ key, label }) => [key, label]))
  const who = (changes: readonly Renumbered[]) =>
    changes.length > NAMED
      ? t('change.also.tokens', { count: changes.length })
      : changes.map(({ key }) => labels.get(key) ?? '').join(', ')
  const positions = grouped(also.positions, ({ from, to }) => signed(to - from)).map(([shift, changes]) =>
    t('change.also.positions', { who: who(changes), shift }),
  )
  const segments = grouped(also.segments, ({ from, to }) => `${segmentName(from)} → ${segmentName(to)}`).map(
    ([way, changes]) => t('change.also.segments', { who: who(changes), way }),
  )
  return [...segments, ...positions]
}

/** In order of size. Many ways to move (a shuffle) are one. */
function grouped(changes: readonly Renumbered[], name: (change: Renumbered) => string): [string, Renumbered[]][] {
  const groups = new Map<string, Renumbered[]>()
  for (const change of changes) groups.set(name(change), [...(groups.get(name(change)) ?? []), change])
  if (groups.size > 3) return [[t('change.also.various'), [...changes]]]
  return [...groups].sort(([, a], [, b]) => b.length - a.length)
}

function signed(shift: number): string {
  return shift > 0 ? `+${shift}` : `−${-shift}`
}
