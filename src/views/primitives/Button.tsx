import type { ButtonHTMLAttributes, Ref } from 'react'
import { cx } from '../cx.ts'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main` is the one thing to do here; `quiet` has no frame until hovered. */
  look?: 'plain' | 'main' | 'quiet'
  small?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A push button. Give an icon-only one an `aria-label`. */
export function Button({ look = 'plain', small, className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx('button', look !== 'plain' && `button-${look}`, small && 'button-small', className)}
      {...rest}
    />
  )
}
