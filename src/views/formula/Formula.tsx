import { useEffect, useRef, useState } from 'react'
import { fetchPart } from '../../core/fetch_part.ts'

export interface FormulaProps {
  /** TeX. */
  tex: string
  /**
   * The same as plain text: stands there until what typesets it has come, and where it cannot be had, and is what is spoken.
   * Absent: TeX stands there, and MathML is spoken.
   */
  text?: string
  /** On a line of its own, with sums and fractions at their full size. */
  display?: boolean
  testId?: string
}

/** A formula, typeset as MathML; what makes that (Temml) is fetched with the first one. */
export function Formula({ tex, text, display = false, testId }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null)
  const [typeset, setTypeset] = useState(false)
  useEffect(() => {
    let isCurrent = true
    fetchPart(() => import('temml')).then(
      ({ default: temml }) => {
        if (!isCurrent || !place.current) return
        temml.render(tex, place.current, { displayMode: display })
        setTypeset(true)
      },
      () => isCurrent && setTypeset(false),
    )
    return () => {
      isCurrent = false
    }
  }, [tex, display])
  const spoken = text && { role: 'math', 'aria-label': text }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long formula scrolls within its line, and must take the focus to be scrolled by keys
    <span className="formula" {...spoken} tabIndex={0} data-testid={testId}>
      {!typeset && <code>{text ?? tex}</code>}
      <span ref={place} hidden={!typeset} aria-hidden={text ? 'true' : undefined} />
    </span>
  )
}
