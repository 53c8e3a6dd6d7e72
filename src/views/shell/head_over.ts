/** The title that stands over a part of the page already: a panel or a figure of the same name does not say it twice. */

import { createContext, type ReactNode, useContext } from 'react'

export const HeadOver = createContext<string | null>(null)

/** @returns the class of a heading: one that would repeat the title over it is heard, and names its part, but is not seen */
export function useHeadingClass(title: ReactNode): string | undefined {
  return useContext(HeadOver) === title ? 'sr-only' : undefined
}
