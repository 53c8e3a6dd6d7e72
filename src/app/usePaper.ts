/** One sheet of paper: while the page is printed it is laid out for it (styles/print.css), and what is longer than its room is made smaller. */

import { useEffect } from 'react'
import { ON_PAPER } from '../views/hooks/useSize.ts'

interface Room {
  room: string
  /** What must fit into it: it has a size of its own, or is as long as its content. */
  parts: string
  /** Figures fill their room; text keeps its size where it fits. */
  largest?: number
}

const ROOMS: readonly Room[] = [
  { room: '.lab-strip', parts: '.strip-line' },
  { room: '.map-room', parts: '.map-body', largest: 1.5 },
  { room: '.vision-photo', parts: '.photo', largest: 1.5 },
  { room: '.atlas-body', parts: '.atlas-body > *' },
  { room: '.stage-side', parts: '.stage-side > .panel' },
  { room: "[data-testid='readouts']", parts: "[data-testid='readouts'] > *" },
]
const LIKE_PAPER = '(width >= 75rem) and (height >= 40rem)'
/** Smaller text is not read on paper: what does not fit then is cut. */
const SMALLEST = 0.4
const STEP = 0.05

/** @param write what paper alone shows is written before the sheet is laid out */
export function usePaper(write: () => void): void {
  useEffect(() => {
    const medium = matchMedia('print')
    let measured = false
    // Comes first. What is measured in a window that has the sheet's rules (one_screen.css) is right; in a smaller one only the
    // change of the medium brings them.
    const before = () => {
      measured = matchMedia(LIKE_PAPER).matches
      write()
      layOut()
    }
    const after = () => {
      measured = false
      takeBack()
    }
    const change = () => {
      if (!medium.matches) return after()
      if (measured) return
      write()
      layOut()
    }
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    medium.addEventListener('change', change)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
      medium.removeEventListener('change', change)
    }
  }, [write])
}

function layOut(): void {
  document.documentElement.setAttribute(ON_PAPER, '')
  for (const { room, parts, largest = 1 } of ROOMS) {
    const around = document.querySelector(room)
    if (around) fitted([...document.querySelectorAll<HTMLElement>(parts)], around, largest)
  }
}

function takeBack(): void {
  document.documentElement.removeAttribute(ON_PAPER)
  for (const { parts } of ROOMS) {
    for (const part of document.querySelectorAll<HTMLElement>(parts)) part.style.removeProperty('zoom')
  }
}

/** The largest zoom at which nothing stands out of the room: lines break anew at each, so that it cannot be computed. */
function fitted(parts: readonly HTMLElement[], room: Element, largest: number): void {
  for (let zoom = largest; zoom >= SMALLEST; zoom -= STEP) {
    for (const part of parts) part.style.setProperty('zoom', zoom.toFixed(2))
    if (room.scrollWidth <= room.clientWidth + 1 && room.scrollHeight <= room.clientHeight + 1) return
  }
}
