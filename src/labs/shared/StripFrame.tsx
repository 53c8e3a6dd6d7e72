import { type HTMLAttributes, type ReactNode, type Ref, useId } from 'react'
import { cx } from '../../views/cx.ts'
import { HelpButton } from '../../views/help/HelpButton.tsx'
import type { HelpRef } from '../../views/help/help.ts'

export interface StripFrameProps extends HTMLAttributes<HTMLElement> {
  label: string
  help: HelpRef
  ref?: Ref<HTMLElement>
  children: ReactNode
}

/** The place of a lab's strip, with its name and its question mark. */
export function StripFrame({ label, help, className, children, ...rest }: StripFrameProps) {
  const id = useId()
  return (
    <section id={id} className={cx('strip-frame', className)} aria-label={label} {...rest}>
      {children}
      <HelpButton help={help} named={id} />
    </section>
  )
}
