import type { ReactNode } from 'react'

/**
 * What a control shows in figures, and is called in words: "Patch at row 1, column 2, cosine 0.913" for 1,2 and 0.913. Not by
 * `aria-label`, which promises that the name holds all that is visible (WCAG 2.2, 2.5.3).
 */
export function Spoken({ as, children }: { as: string; children: ReactNode }) {
  return (
    <>
      <span className="sr-only">{as}</span>
      <span className="unspoken" aria-hidden="true">
        {children}
      </span>
    </>
  )
}
