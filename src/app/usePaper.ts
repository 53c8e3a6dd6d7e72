/** One sheet of paper: while the page is printed it is laid out for it (styles/print.css), and what is longer than its room is made smaller. */

import { useEffect } from 'react'
import { ON_PAPER } from '../views/hooks/useSize.ts'

interface Room {
  room: string
  /** What must fit into it, within the room: it has a size of its own, or is as long as its content. */
  parts: string
  /** Figures fill their room; text keeps its size where it fits. */
  largest?: number
}

/** Each is fitted by itself, inner ones first: a stage may hold three maps. */
const ROOMS: readonly Room[] = [
  { room: '.lab-strip', parts: '.strip-line' },
  { room: '.map-room', parts: '.map-body', largest: 2 },
  { room: '.vision-photo', parts: '.photo-frame', largest: 4 },
  { room: '.atlas-body', parts: ':scope > *' },
  { room: '.token-columns', parts: ':scope > *' },
  { room: '.table-scroll', parts: ':scope > table' },
  { room: '.batch-stage > .panel', parts: ':scope > *' },
  { room: '.stage-side', parts: ':scope > .panel' },
  { room: "[data-testid='readouts']", parts: ':scope > *' },
  { room: '.lesson', parts: ':scope > *' },
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
    // Comes first. What is measured in a window that has the sheet's rules (one_screen.css) is right; in a smaller one, and beside
    // what is laid out for the screen alone, only the change of the medium brings them.
    const before = () => {
      measured = matchMedia(LIKE_PAPER).matches && !document.querySelector('.lesson, .drawer, .stages')
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

function eachRoom(act: (parts: readonly HTMLElement[], room: Element, largest: number) => void): void {
  for (const { room, parts, largest = 1 } of ROOMS) {
    for (const one of document.querySelectorAll(room)) act([...one.querySelectorAll<HTMLElement>(parts)], one, largest)
  }
}

function layOut(): void {
  document.documentElement.setAttribute(ON_PAPER, '')
  eachRoom(fitted)
}

function takeBack(): void {
  document.documentElement.removeAttribute(ON_PAPER)
  eachRoom((parts) => {
    for (const part of parts) part.style.removeProperty('zoom')
  })
}

/** The largest zoom at which nothing stands out of the room: lines break anew at each, so that it cannot be computed. */
function fitted(parts: readonly HTMLElement[], room: Element, largest: number): void {
  for (let zoom = largest; zoom >= SMALLEST; zoom -= STEP) {
    for (const part of parts) part.style.setProperty('zoom', zoom.toFixed(2))
    if (room.scrollWidth <= room.clientWidth + 1 && room.scrollHeight <= room.clientHeight + 1) return
  }
}
