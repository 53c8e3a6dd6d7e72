import { useEffect, useState } from 'react'
import { type ModelCache, openModelCache } from '../../loaders/cache.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { formatBytes } from '../../viz/format.ts'

/** What earlier downloads left in the browser, and a way to be rid of it. */
export function KeptFiles() {
  const [cache, setCache] = useState<ModelCache | null>(null)
  const [kept, setKept] = useState<{ url: string; bytes: number }[]>([])
  useEffect(() => {
    void openModelCache().then(async (opened) => {
      setCache(opened)
      setKept(await opened.list())
    })
  }, [])
  if (cache?.problem) return <p className="hint">{cache.problem}</p>
  if (!cache || kept.length === 0) return null
  const bytes = kept.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <p className="kept-files hint" data-testid="kept-files">
      {kept.length === 1 ? '1 file' : `${kept.length} files`} of earlier downloads ({formatBytes(bytes)}) are kept in
      this browser, for offline use.
      <Button
        small
        look="quiet"
        onClick={async () => {
          await cache.clear()
          setKept([])
        }}
      >
        Forget them
      </Button>
    </p>
  )
}
