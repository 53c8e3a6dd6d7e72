import { useCallback } from 'react'
import type { Sample } from '../../shared/samples/samples.ts'
import type { PictureLab } from './state/lab.ts'
import type { Photo } from './state/run.ts'

/** Fetches and reads every sample photo: what runs over all of them begins so. */
export function usePhotos(lab: PictureLab, samples: readonly Sample[]): () => Promise<Photo[]> {
  return useCallback(() => Promise.all(samples.map(lab.sampled)), [lab, samples])
}
