import { Suspense } from 'react'
import { lazyView } from '../shell/lazy_view.tsx'
import type { ActionMenuProps } from './menu.ts'

// React Aria's menus are a tenth of the page's code: they are fetched when the first one opens.
const MenuPopover = lazyView(() => import('./MenuPopover.tsx'), { dismiss: ({ onClose }) => onClose() })

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
