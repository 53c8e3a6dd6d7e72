import { lazy, Suspense } from 'react'
import type { Kind } from '../../core/tokens.ts'

// React Aria's menus are a tenth of the page's code: they are fetched when the first one opens.
const MenuPopover = lazy(() => import('./MenuPopover.tsx'))

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

/** A menu that opens at any element: one instance serves many triggers. */
export function ActionMenu(props: ActionMenuProps) {
  return (
    props.anchor && (
      <Suspense>
        <MenuPopover {...props} />
      </Suspense>
    )
  )
}
