import { type RefObject, useLayoutEffect } from 'react'

/**
 * Sizes a canvas to the screen's own pixels and draws on it in the layout phase, so that what React shows and what the
 * canvas shows change in the same frame. `draw` gets a cleared context in CSS pixels; memoise it. It draws again when
 * `version` changes.
 */
export function useCanvas(
  ref: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D, ratio: number) => void,
  version = 0,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that something outside `draw` has changed
  useLayoutEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context || width <= 0 || height <= 0) return
    const ratio = window.devicePixelRatio || 1
    const w = Math.round(width * ratio)
    const h = Math.round(height * ratio)
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w
      canvas.height = h
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    draw(context, ratio)
  }, [ref, width, height, draw, version])
}
