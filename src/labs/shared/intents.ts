/** What a token strip asks for, as pure edits of a sequence. */

import type { Kind } from '../../core/tokens.ts'
import * as edit from '../../sequence/edit.ts'
import type { Entry, Sequence } from '../../sequence/token.ts'
import type { InsertOffer, StripIntents } from '../../views/tokens/types.ts'

interface Intended {
  edit: (change: (sequence: Sequence) => Sequence) => void
  /** The trained or untrained entry of a kind that is inserted. */
  entry: (kind: Kind, offer?: InsertOffer) => Entry
  select: (keys: number[]) => void
  /** A strip's gap (it may show fewer tokens than there are) as a caret of the sequence. */
  caret?: (gap: number) => number
}

const numbers = (keys: readonly string[]) => keys.map(Number)

export function stripIntents({ edit: apply, entry, select, caret = (gap) => gap }: Intended): StripIntents {
  return {
    onSelect: (keys) => select(numbers(keys)),
    onInsert(kind, gap, offer) {
      apply((sequence) => {
        const grown = edit.insert(sequence, caret(gap), entry(kind, offer))
        select([sequence.nextKey])
        return grown
      })
    },
    onMove: (keys, gap) => apply((sequence) => edit.move(sequence, numbers(keys), caret(gap))),
    onRemove(keys) {
      apply((sequence) => edit.remove(sequence, numbers(keys)))
      select([])
    },
    onRestore: (keys) => apply((sequence) => edit.setStatus(sequence, numbers(keys), 'read')),
    onStatus: (keys, status) => apply((sequence) => edit.setStatus(sequence, numbers(keys), status)),
    onHide: (keys, hidden) => apply((sequence) => edit.setHidden(sequence, numbers(keys), hidden)),
    onPosition: (key, position) =>
      apply((sequence) => edit.setPosition(sequence, [Number(key)], position ?? undefined)),
  }
}
