import { type PointerEvent, type ReactNode, useRef } from 'react'

export interface PatchBrushProps {
  /** A finger or the mouse goes down on a patch. */
  onStart: (patch: number) => void
  /** It moves on to another one. */
  onPatch: (patch: number) => void
  onEnd: () => void
  /** Whether a finger draws; otherwise it scrolls the page, and a tap is a click on the patch. */
  touch: boolean
  /** A PhotoStage; its keyboard stays its own. */
  children: ReactNode
}

/** Between two events a quick finger skips patches: the way is followed in steps of this many pixels. */
const STEP = 6

/** Turns dragging over a photo into the patches it passes. */
export function PatchBrush({ onStart, onPatch, onEnd, touch, children }: PatchBrushProps) {
  const drawn = useRef(false)
  const last = useRef<{ x: number; y: number; patch: number } | null>(null)

  const down = (event: PointerEvent<HTMLDivElement>) => {
    drawn.current = false
    if (event.pointerType === 'touch' && !touch) return
    const patch = patchUnder(event.clientX, event.clientY)
    if (patch === null || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    last.current = { x: event.clientX, y: event.clientY, patch }
    drawn.current = true
    onStart(patch)
  }
  const move = ({ clientX, clientY }: PointerEvent<HTMLDivElement>) => {
    const from = last.current
    if (!from) return
    const steps = Math.max(1, Math.ceil(Math.hypot(clientX - from.x, clientY - from.y) / STEP))
    let { patch } = from
    for (let i = 1; i <= steps; i++) {
      const here = patchUnder(from.x + ((clientX - from.x) * i) / steps, from.y + ((clientY - from.y) * i) / steps)
      if (here === null || here === patch) continue
      patch = here
      onPatch(patch)
    }
    last.current = { x: clientX, y: clientY, patch }
  }
  const end = () => {
    if (last.current) onEnd()
    last.current = null
  }

  return (
    <div
      className="patch-brush"
      data-touch={touch || undefined}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      // A drag has told already; a tap that drew nothing, and a key, go on to the patch.
      onClickCapture={(event) => {
        if (drawn.current) event.stopPropagation()
        drawn.current = false
      }}
    >
      {children}
    </div>
  )
}

function patchUnder(x: number, y: number): number | null {
  const patch = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-patch]')?.dataset.patch
  return patch === undefined ? null : Number(patch)
}
