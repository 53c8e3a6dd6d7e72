import { useEffect, useRef } from 'react'
import { lit } from './spot.ts'

/** Dims all but what the light is on. The place is measured with every frame: what is lit moves with every run. */
export function Spotlight({ spot }: { spot: readonly number[] | null }) {
  const light = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let frame = 0
    const measure = () => {
      const main = document.getElementById('main')
      const element = spot && main && lit(spot, main)
      const box = element?.getBoundingClientRect()
      if (light.current) {
        light.current.hidden = !box || box.width === 0
        if (box) {
          const { left, top, width, height } = box
          Object.assign(light.current.style, {
            left: `${left}px`,
            top: `${top}px`,
            width: `${width}px`,
            height: `${height}px`,
          })
        }
      }
      frame = requestAnimationFrame(measure)
    }
    measure()
    return () => cancelAnimationFrame(frame)
  }, [spot])
  return <div ref={light} className="spotlight" data-testid="spotlight" aria-hidden="true" hidden />
}
