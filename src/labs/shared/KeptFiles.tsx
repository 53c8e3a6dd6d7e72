import { useEffect, useState } from 'react'
import { type ModelCache, openModelCache } from '../../loaders/cache.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { formatBytes } from '../../viz/format.ts'
import { said } from '../../words/errors.ts'
import { t } from './words/words.ts'

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
  if (cache?.problem) return <p className="hint">{said(cache.problem)}</p>
  if (!cache || kept.length === 0) return null
  const bytes = kept.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <p className="kept-files hint" data-testid="kept-files">
      {t('kept', { count: kept.length, bytes: formatBytes(bytes) })}
      <Button
        small
        look="quiet"
        onClick={async () => {
          await cache.clear()
          setKept([])
        }}
      >
        {t('kept.forget')}
      </Button>
    </p>
  )
}
