import { useSyncExternalStore } from 'react'
import type { StoreApi } from 'zustand/vanilla'

/** The whole state of a store, for React. Every change of it draws again; views memoise what is dear. */
export function useLab<State>(store: Pick<StoreApi<State>, 'getState' | 'subscribe'>): State {
  return useSyncExternalStore(store.subscribe, store.getState)
}
