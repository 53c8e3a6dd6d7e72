/** What a menu offers. */

import type { Kind } from '../../core/tokens.ts'

export interface MenuChoice {
  id: string
  label: string
  hint?: string
  shortcut?: string
  disabled?: boolean
  /** Draws the label as a small stamp of this token kind. */
  kind?: Kind
}

export interface MenuGroup {
  title: string
  choices: readonly MenuChoice[]
  /** Of choices that are ticked on and off, those that are on: the menu stays open while they are pressed. */
  ticked?: readonly string[]
}

export interface ActionMenuProps {
  label: string
  /** The element the menu hangs from; null closes it. */
  anchor: Element | null
  groups: readonly MenuGroup[]
  onChoose: (id: string) => void
  onClose: () => void
  testId?: string
}
