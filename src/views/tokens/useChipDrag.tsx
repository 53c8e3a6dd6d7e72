import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { DRAG_KEYS, keyPressed } from '../keys/tables.ts'

const SLOP = 6 // pixels a mouse moves before a press becomes a drag
const HOLD = 320 // milliseconds a finger rests before it lifts a chip; sooner, it scrolls the page

interface Drag {
  keys: string[]
  pointer: number
  startX: number
  startY: number
  active: boolean
  index: number | null
  boxes: { key: string; box: DOMRect }[]
  hold?: ReturnType<typeof setTimeout>
}

/**
 * Drag and drop of chips by mouse, pen and finger. The keyboard moves them by Alt+Arrow instead.
 * @returns what is lifted, the gap a drop would go to, and the handler for the strip
 */
export function useChipDrag(
  strip: RefObject<HTMLElement | null>,
  keysAt: (key: string) => string[],
  onDrop: (keys: string[], index: number) => void,
) {
  const [view, setView] = useState<{ keys: string[]; index: number | null } | null>(null)
  const drag = useRef<Drag | null>(null)
  const ghost = useRef<HTMLDivElement>(null)
  const swallowClick = useRef(false)
  const drop = useRef(onDrop)
  drop.current = onDrop

  useEffect(() => {
    const lift = (d: Drag) => {
      d.active = true
      const chips = strip.current?.querySelectorAll<HTMLElement>('[data-testid=token]') ?? []
      d.boxes = Array.from(chips, (chip) => ({ key: chip.dataset.key ?? '', box: chip.getBoundingClientRect() }))
      setView({ keys: d.keys, index: null })
    }
    const end = (commit: boolean) => {
      const d = drag.current
      if (!d) return
      clearTimeout(d.hold)
      drag.current = null
      if (!d.active) return
      swallowClick.current = true
      setTimeout(() => {
        swallowClick.current = false
      }, 0)
      setView(null)
      if (commit && d.index !== null) drop.current(d.keys, d.index)
    }
    const move = (event: PointerEvent) => {
      const d = drag.current
      if (!d || event.pointerId !== d.pointer) return
      const far = Math.hypot(event.clientX - d.startX, event.clientY - d.startY) > SLOP
      if (!d.active && event.pointerType === 'touch' && far) return end(false)
      if (!d.active && far) lift(d)
      if (!d.active) return
      if (ghost.current) ghost.current.style.translate = `${event.clientX}px ${event.clientY}px`
      const index = nearestGap(d.boxes, event.clientX, event.clientY)
      if (index !== d.index) {
        d.index = index
        setView({ keys: d.keys, index })
      }
    }
    const up = (event: PointerEvent) => {
      if (event.pointerId === drag.current?.pointer) end(true)
    }
    const cancel = (event: PointerEvent) => {
      if (event.pointerId === drag.current?.pointer) end(false)
    }
    const giveUp = (event: KeyboardEvent) => {
      if (keyPressed(DRAG_KEYS, event)) end(false)
    }
    // Once a finger has lifted a chip, the page must not scroll under it.
    const stay = (event: TouchEvent) => {
      if (drag.current?.active) event.preventDefault()
    }
    const click = (event: MouseEvent) => {
      if (!swallowClick.current) return
      swallowClick.current = false
      event.stopPropagation()
      event.preventDefault()
    }
    const holdLift = () => {
      if (drag.current && !drag.current.active) lift(drag.current)
    }
    holdTimer.current = holdLift
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', giveUp)
    window.addEventListener('click', click, true)
    document.addEventListener('touchmove', stay, { passive: false })
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', giveUp)
      window.removeEventListener('click', click, true)
      document.removeEventListener('touchmove', stay)
    }
  }, [strip])

  const holdTimer = useRef<() => void>(() => {})

  const onPointerDown = (event: ReactPointerEvent) => {
    if (event.button !== 0 || !(event.target instanceof Element)) return
    const chip = event.target.closest<HTMLElement>('[data-testid=token]')
    const key = chip?.dataset.key
    if (!key) return
    const keys = keysAt(key)
    if (keys.length === 0) return
    drag.current = {
      keys,
      pointer: event.pointerId,
      startX: event.clientX,
      startY: event.clientY,
      active: false,
      index: null,
      boxes: [],
      hold: event.pointerType === 'touch' ? setTimeout(() => holdTimer.current(), HOLD) : undefined,
    }
  }

  return { lifted: view?.keys ?? [], dropIndex: view?.index ?? null, dragging: view !== null, ghost, onPointerDown }
}

/** The gap nearest to a point: before or after the nearest chip. */
function nearestGap(boxes: Drag['boxes'], x: number, y: number): number | null {
  let best: number | null = null
  let least = Number.POSITIVE_INFINITY
  boxes.forEach(({ box }, i) => {
    const dy = Math.max(box.top - y, 0, y - box.bottom)
    const dx = Math.max(box.left - x, 0, x - box.right)
    const distance = dy * 4 + dx
    if (distance < least) {
      least = distance
      best = x > box.left + box.width / 2 ? i + 1 : i
    }
  })
  return best
}
