/** Which steps of which lessons are behind the reader: kept in this browser, and in no link. */

import { createStore } from 'zustand/vanilla'

const KEPT_AS = 'clsroom.lessons'

/** The steps that were done, from 0, by lesson. */
export type Done = Readonly<Record<string, readonly number[]>>

export type Progress = ReturnType<typeof createProgress>

/** @param storage where it is kept; one that refuses (private windows, full) keeps it for as long as the page lives */
export function createProgress(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const store = createStore<{ done: Done }>(() => ({ done: kept(storage) }))
  return {
    store,
    /** Another tab has kept something. @param key under which; null: it has forgotten all */
    catchUp(key: string | null): void {
      if (key === KEPT_AS || key === null) store.setState({ done: kept(storage) })
    },
    pass(lesson: string, step: number): void {
      const done = joined(store.getState().done, kept(storage))
      const steps = done[lesson] ?? []
      if (steps.includes(step)) return
      const next = { ...done, [lesson]: [...steps, step] }
      store.setState({ done: next })
      attempt(() => storage.setItem(KEPT_AS, JSON.stringify(next)))
    },
    reset(): void {
      store.setState({ done: {} })
      attempt(() => storage.removeItem(KEPT_AS))
    },
  }
}

/** The steps that were done here or in another tab. */
function joined(here: Done, there: Done): Done {
  const lessons = new Set([...Object.keys(here), ...Object.keys(there)])
  return Object.fromEntries([...lessons].map((id) => [id, [...new Set([...(here[id] ?? []), ...(there[id] ?? [])])]]))
}

/** Whether any step of any lesson is behind the reader; a browser that gives no access to what it keeps knows of none. */
export function hasBegun(): boolean {
  return Object.keys(attempt(() => kept(localStorage)) ?? {}).length > 0
}

/** What was kept, without what is no number of a step: others may have written there. */
function kept(storage: Pick<Storage, 'getItem'>): Done {
  const found = attempt(() => JSON.parse(storage.getItem(KEPT_AS) ?? '{}') as unknown)
  if (typeof found !== 'object' || found === null) return {}
  const lists = Object.entries(found).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  return Object.fromEntries(
    lists.map(([id, steps]) => [id, steps.filter((step) => Number.isInteger(step)) as number[]]),
  )
}

function attempt<Result>(act: () => Result): Result | null {
  try {
    return act()
  } catch {
    return null
  }
}
