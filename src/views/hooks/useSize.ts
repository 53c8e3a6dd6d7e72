import { type RefObject, useLayoutEffect, useState } from 'react'

/** Of the document's root, while the page is printed. */
export const ON_PAPER = 'data-paper'

/** The content box of an element in CSS pixels, known before the first paint and followed as it changes. */
export function useSize(ref: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const follow = ({ width, height }: { width: number; height: number }) => {
      // On paper a drawing is the one that was on screen: it is zoomed into its room (app/usePaper.ts), and not drawn anew.
      if (document.documentElement.hasAttribute(ON_PAPER)) return
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }))
    }
    // The observer speaks only after a frame: until then a drawing would be there with no size, and miss a quick pen.
    follow(contentBox(element))
    const observer = new ResizeObserver(([entry]) => entry && follow(entry.contentRect))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}

function contentBox(element: HTMLElement): { width: number; height: number } {
  const { width, height } = element.getBoundingClientRect()
  const style = getComputedStyle(element)
  const sum = (...lengths: string[]) => lengths.reduce((total, length) => total + Number.parseFloat(length), 0)
  return {
    width: width - sum(style.paddingLeft, style.paddingRight, style.borderLeftWidth, style.borderRightWidth),
    height: height - sum(style.paddingTop, style.paddingBottom, style.borderTopWidth, style.borderBottomWidth),
  }
}
