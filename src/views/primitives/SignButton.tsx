import { Button, type ButtonProps } from './Button.tsx'

export interface SignButtonProps extends Omit<ButtonProps, 'children' | 'look' | 'small'> {
  sign: string
  name: string
}

/** A small quiet button whose face is a sign: its name is spoken, and told under the pointer. */
export function SignButton({ sign, name, ...rest }: SignButtonProps) {
  return (
    <Button small look="quiet" aria-label={name} title={name} {...rest}>
      <span aria-hidden="true">{sign}</span>
    </Button>
  )
}
