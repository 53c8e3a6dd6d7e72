import { useEffect, useRef } from 'react'

/** A file dropped anywhere on the page that nobody has taken; without this the browser would leave the page for it. */
export function useFileDrop(onFile: (file: File) => void): void {
  const newest = useRef(onFile)
  newest.current = onFile
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!file || event.defaultPrevented) return
      event.preventDefault()
      newest.current(file)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [])
}
