import { createStore, type StoreApi } from 'zustand/vanilla'

/** What comes with the page beside a lab (photos, scenes, days), listed once it is opened. */
export interface Listed<Item> {
  /** Empty before that. */
  store: StoreApi<{ samples: readonly Item[] }>
  /** Lists them, once. @returns why they could not be listed; null when they are there */
  list(): Promise<unknown>
}

export function createListed<Item>(load: () => Promise<readonly Item[]>): Listed<Item> {
  const store = createStore<{ samples: readonly Item[] }>(() => ({ samples: [] }))
  return {
    store,
    async list() {
      if (store.getState().samples.length > 0) return null
      try {
        store.setState({ samples: await load() })
        return null
      } catch (thrown) {
        return thrown
      }
    },
  }
}
