import { useCallback } from 'react'
import type { Engine } from '../../state/engine.ts'
import { readPicture, type Scene } from './state/scenes.ts'
import type { Pictured } from './state/sets.ts'

/** Fetches and reads every sample scene: what runs over all of them begins so. */
export function useScenes(engine: Engine, scenes: readonly Scene[]): () => Promise<Pictured[]> {
  return useCallback(
    () =>
      Promise.all(
        scenes.map(async ({ file, url, objects }) => ({
          name: file,
          objects,
          picture: await engine.picture(await readPicture(url)),
        })),
      ),
    [engine, scenes],
  )
}
