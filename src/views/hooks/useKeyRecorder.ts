import { useEffect, useRef } from 'react'
import { placeName } from './usePointed.ts'

export interface RecorderOptions {
  /** The part of the page whose keys are its own. */
  outside: () => Element | null
  onPress: (press: string, focus: string, goesOn: boolean) => void
}

/** Keys that hold or move the focus: by themselves they do nothing that a lesson asks for. */
const MOVES = ['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph']

/** While active, hears what is pressed and where, and lets it act. Presses go on until the focus is moved by Tab or by the pointer. */
export function useKeyRecorder(active: boolean, options: RecorderOptions): void {
  const newest = useRef(options)
  newest.current = options
  useEffect(() => {
    if (!active) return
    let goesOn = false
    const moved = () => {
      goesOn = false
    }
    const key = (event: KeyboardEvent) => {
      const { target } = event
      if (MOVES.includes(event.key)) {
        if (event.key === 'Tab') moved()
        return
      }
      if (!(target instanceof Element) || newest.current.outside()?.contains(target)) return moved()
      const focus = placeName(target, { controls: true })
      if (!focus) return
      newest.current.onPress(pressOf(event), focus, goesOn)
      goesOn = true
    }
    window.addEventListener('keydown', key, true)
    window.addEventListener('pointerdown', moved, true)
    return () => {
      window.removeEventListener('keydown', key, true)
      window.removeEventListener('pointerdown', moved, true)
    }
  }, [active])
}

/** As Playwright writes a press: `Alt+ArrowLeft`, `m`, `Space`. */
function pressOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  // A letter is named by its place where the layout writes another alphabet, or where it is held with another key.
  const plain = key === ' ' ? 'Space' : letter && (ctrlKey || metaKey || altKey || !/^[a-z]$/i.test(key)) ? letter : key
  const shift = shiftKey && (plain.length > 1 || ctrlKey || metaKey || altKey)
  return [ctrlKey && 'Control', metaKey && 'Meta', altKey && 'Alt', shift && 'Shift', plain].filter(Boolean).join('+')
}
