import { lazy, Suspense } from 'react'
import type { ActionMenuProps } from './menu.ts'

// React Aria's menus are a tenth of the page's code: they are fetched when the first one opens.
const MenuPopover = lazy(() => import('./MenuPopover.tsx'))

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
