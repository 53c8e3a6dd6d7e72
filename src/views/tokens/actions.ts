/** What can be done to a set of tokens: one list feeds the menu, the selection bar and the keyboard. */

import { STRIP_KEYS, shortcutOf } from '../keys/tables.ts'
import { t } from '../words/words.ts'
import { segmentName } from './describe.ts'
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

/** In the order of the menu. */
export const ACTION_GROUPS = ['silence', 'content', 'place', 'segment'] as const
type ActionGroup = (typeof ACTION_GROUPS)[number]

export interface Action {
  id: ActionId
  label: string
  hint?: string
  shortcut?: string
  group: ActionGroup
  disabled?: boolean
}

/** The actions that make sense for `targets`, in reading order. */
export function actionsFor(tokens: readonly StripToken[], targets: readonly StripToken[], can: StripIntents): Action[] {
  const free = targets.filter((token) => !token.fixed)
  if (free.length === 0) return []
  const places = free.map((token) => tokens.indexOf(token))
  const actions: Action[] = [
    {
      id: 'left',
      label: t('action.left'),
      shortcut: shortcutOf(STRIP_KEYS, 'move-left'),
      group: 'place',
      disabled: Math.min(...places) === 0,
    },
    {
      id: 'right',
      label: t('action.right'),
      shortcut: shortcutOf(STRIP_KEYS, 'move-right'),
      group: 'place',
      disabled: Math.max(...places) === tokens.length - 1,
    },
  ]
  const present = free.filter((token) => token.status !== 'removed')
  if (present.length > 0) {
    actions.push(
      present.every((token) => token.hidden)
        ? { id: 'show', label: t('action.show'), shortcut: shortcutOf(STRIP_KEYS, 'hide'), group: 'silence' }
        : {
            id: 'hide',
            label: t('action.hide'),
            hint: t('action.hide.hint'),
            shortcut: shortcutOf(STRIP_KEYS, 'hide'),
            group: 'silence',
          },
      present.every((token) => token.status === 'masked')
        ? {
            id: 'unmask',
            label: t('action.unmask'),
            hint: t('action.unmask.hint'),
            shortcut: shortcutOf(STRIP_KEYS, 'mask'),
            group: 'silence',
          }
        : {
            id: 'mask',
            label: t('action.mask'),
            hint: t('action.mask.hint'),
            shortcut: shortcutOf(STRIP_KEYS, 'mask'),
            group: 'silence',
          },
    )
  }
  actions.push(
    present.length === 0
      ? {
          id: 'restore',
          label: t('action.restore'),
          hint: t('action.restore.hint'),
          shortcut: shortcutOf(STRIP_KEYS, 'remove'),
          group: 'silence',
        }
      : {
          id: 'remove',
          label: t('action.remove'),
          hint: t('action.remove.hint'),
          shortcut: shortcutOf(STRIP_KEYS, 'remove'),
          group: 'silence',
        },
  )
  if (can.onReplaceMask && present.some((token) => token.kind !== 'mask')) {
    actions.push({ id: 'replace-mask', label: t('action.replace-mask'), group: 'content' })
  }
  if (can.onRestoreOriginal && present.some((token) => token.kind === 'mask' && token.original !== undefined)) {
    actions.push({ id: 'restore-original', label: t('action.restore-original'), group: 'content' })
  }
  if (can.onEmbedding && present.length > 0) {
    actions.push({ id: 'embedding', label: t('action.embedding'), hint: t('action.embedding.hint'), group: 'content' })
  }
  if (can.onSegment && present.some((token) => token.segment != null)) {
    actions.push(
      { id: 'segment-a', label: t('action.segment-a'), group: 'segment' },
      { id: 'segment-b', label: t('action.segment-b'), group: 'segment' },
      { id: 'segment-auto', label: t('action.segment-auto'), group: 'segment' },
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
  const count = free.length
  const who = count === 1 ? (free[0]?.label ?? '') : t('tokens', { count })
  const places = free.map((token) => tokens.indexOf(token))
  switch (id) {
    case 'left': {
      const index = Math.max(0, Math.min(...places) - 1)
      intents.onMove(keys, index)
      return t('done.move', { who, place: index + 1 })
    }
    case 'right': {
      const index = Math.min(tokens.length, Math.max(...places) + 2)
      intents.onMove(keys, index)
      return t('done.move', { who, place: index - keys.length + 1 })
    }
    case 'mask':
      intents.onStatus(keys, 'masked')
      return t('done.mask', { who, count })
    case 'unmask':
      intents.onStatus(keys, 'read')
      return t('done.unmask', { who, count })
    case 'hide':
      intents.onHide(keys, true)
      return t('done.hide', { who, count })
    case 'show':
      intents.onHide(keys, false)
      return t('done.show', { who, count })
    case 'remove':
      intents.onRemove(keys)
      return t('done.remove', { who, count })
    case 'restore':
      intents.onRestore(keys)
      return t('done.restore', { who, count })
    case 'replace-mask':
      intents.onReplaceMask?.(keys)
      return t('done.replace-mask', { who, count })
    case 'restore-original':
      intents.onRestoreOriginal?.(keys)
      return t('done.restore-original', { who })
    case 'embedding':
      intents.onEmbedding?.(keys)
      return t('done.embedding', { who })
    case 'segment-a':
    case 'segment-b': {
      const segment = id === 'segment-a' ? 0 : 1
      intents.onSegment?.(keys, segment)
      return t('done.segment', { who, segment: segmentName(segment) })
    }
    case 'segment-auto':
      intents.onSegment?.(keys, null)
      return t('done.segment-auto', { who })
  }
}
