import { useCallback } from 'react'
import type { Engine } from '../../../state/engine.ts'
import type { PictureMemory } from './state/lab.ts'
import { type Pictured, readSet } from './state/samples.ts'

/** Pictures of a class that a measurement goes over. */
export const MEASURED = 5

let read: { of: PictureMemory; set: Promise<Pictured[]> } | null = null

/** The samples that are measured on, read once: the base's answers to them are kept by picture. */
export function useSet(engine: Engine, lab: PictureMemory): () => Promise<Pictured[]> {
  return useCallback(() => {
    if (read?.of !== lab) {
      const set = lab.allSamples().then((samples) => readSet(engine, samples, MEASURED))
      read = { of: lab, set }
      // What failed is asked for again.
      set.catch(() => {
        read = null
      })
    }
    return read.set
  }, [engine, lab])
}
