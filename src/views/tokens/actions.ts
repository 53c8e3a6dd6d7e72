/** What can be done to a set of tokens: one list feeds the menu, the selection bar and the keyboard. */

import type { StripIntents, StripToken } from './types.ts'

export type ActionId =
  | 'left'
  | 'right'
  | 'mask'
  | 'unmask'
  | 'hide'
  | 'show'
  | 'remove'
  | 'restore'
  | 'replace-mask'
  | 'restore-original'
  | 'embedding'
  | 'segment-a'
  | 'segment-b'
  | 'segment-auto'

export interface Action {
  id: ActionId
  label: string
  hint?: string
  shortcut?: string
  group: 'Place' | 'Silence' | 'Content' | 'Segment'
  disabled?: boolean
}

/** The actions that make sense for `targets`, in reading order. */
export function actionsFor(tokens: readonly StripToken[], targets: readonly StripToken[], can: StripIntents): Action[] {
  const free = targets.filter((token) => !token.fixed)
  if (free.length === 0) return []
  const places = free.map((token) => tokens.indexOf(token))
  const actions: Action[] = [
    { id: 'left', label: 'Move left', shortcut: 'Alt ←', group: 'Place', disabled: Math.min(...places) === 0 },
    {
      id: 'right',
      label: 'Move right',
      shortcut: 'Alt →',
      group: 'Place',
      disabled: Math.max(...places) === tokens.length - 1,
    },
  ]
  const present = free.filter((token) => token.status !== 'removed')
  if (present.length > 0) {
    actions.push(
      present.every((token) => token.hidden)
        ? { id: 'show', label: 'Show', shortcut: 'H', group: 'Silence' }
        : { id: 'hide', label: 'Hide', hint: 'only from the display', shortcut: 'H', group: 'Silence' },
      present.every((token) => token.status === 'masked')
        ? { id: 'unmask', label: 'Unmask', hint: 'readable again', shortcut: 'M', group: 'Silence' }
        : { id: 'mask', label: 'Mask', hint: 'it stays, nobody can read it', shortcut: 'M', group: 'Silence' },
    )
  }
  actions.push(
    present.length === 0
      ? { id: 'restore', label: 'Restore', hint: 'back into the sequence', shortcut: 'Del', group: 'Silence' }
      : { id: 'remove', label: 'Remove', hint: 'a shorter sequence', shortcut: 'Del', group: 'Silence' },
  )
  if (can.onReplaceMask && present.some((token) => token.kind !== 'mask')) {
    actions.push({ id: 'replace-mask', label: 'Replace by [MASK]', group: 'Content' })
  }
  if (can.onRestoreOriginal && present.some((token) => token.kind === 'mask' && token.original !== undefined)) {
    actions.push({ id: 'restore-original', label: 'Put the original back', group: 'Content' })
  }
  if (can.onEmbedding && present.length > 0) {
    actions.push({ id: 'embedding', label: 'Embedding …', hint: 'replace or scale its vector', group: 'Content' })
  }
  if (can.onSegment && present.some((token) => token.segment != null)) {
    actions.push(
      { id: 'segment-a', label: 'Segment A', group: 'Segment' },
      { id: 'segment-b', label: 'Segment B', group: 'Segment' },
      { id: 'segment-auto', label: 'Follow the separators', group: 'Segment' },
    )
  }
  return actions
}

/** Carries an action out and says what happened, for the live region. */
export function perform(
  id: ActionId,
  tokens: readonly StripToken[],
  targets: readonly StripToken[],
  intents: StripIntents,
): string {
  const free = targets.filter((token) => !token.fixed)
  const keys = free.map((token) => token.key)
  const who = free.length === 1 ? (free[0]?.label ?? '') : `${free.length} tokens`
  const places = free.map((token) => tokens.indexOf(token))
  switch (id) {
    case 'left': {
      const index = Math.max(0, Math.min(...places) - 1)
      intents.onMove(keys, index)
      return `${who} moved to place ${index + 1}`
    }
    case 'right': {
      const index = Math.min(tokens.length, Math.max(...places) + 2)
      intents.onMove(keys, index)
      return `${who} moved to place ${index - keys.length + 1}`
    }
    case 'mask':
      intents.onStatus(keys, 'masked')
      return `${who} masked: in the sequence, but nobody can read it`
    case 'unmask':
      intents.onStatus(keys, 'read')
      return `${who} readable again`
    case 'hide':
      intents.onHide(keys, true)
      return `${who} hidden from the display`
    case 'show':
      intents.onHide(keys, false)
      return `${who} shown`
    case 'remove':
      intents.onRemove(keys)
      return `${who} removed from the sequence`
    case 'restore':
      intents.onRestore(keys)
      return `${who} restored`
    case 'replace-mask':
      intents.onReplaceMask?.(keys)
      return `${who} replaced by [MASK]`
    case 'restore-original':
      intents.onRestoreOriginal?.(keys)
      return `${who}: original put back`
    case 'embedding':
      intents.onEmbedding?.(keys)
      return `${who}: its embedding is open among the tools`
    case 'segment-a':
    case 'segment-b': {
      const segment = id === 'segment-a' ? 0 : 1
      intents.onSegment?.(keys, segment)
      return `${who} in segment ${segment === 0 ? 'A' : 'B'}`
    }
    case 'segment-auto':
      intents.onSegment?.(keys, null)
      return `${who}: segment follows the separators`
  }
}
