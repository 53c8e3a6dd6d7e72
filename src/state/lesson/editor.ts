/** The draft of a lesson: kept in this browser from edit to edit, and in no link. */

import { createStore } from 'zustand/vanilla'
import { type Draft, emptyDraft, isEmpty } from './draft.ts'

import { parseDraft } from './schema.ts'

const KEPT_AS = 'clsroom.lesson-draft'
const HISTORY = 100

export interface Editing {
  draft: Draft
  /** What is edited: the lesson as a whole, or a step from 0. */
  page: 'about' | number
  /** Drafts before the last edits, the newest last. */
  past: readonly Draft[]
  /** Whether the browser keeps the draft. */
  kept: boolean
}

export type LessonEditor = ReturnType<typeof createEditor>

/**
 * @param storage where the draft is kept
 * @param lab that a new lesson is about
 */
export function createEditor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, lab: string) {
  const store = createStore<Editing>(() => ({
    draft: keptDraft(storage) ?? emptyDraft(lab),
    page: 'about',
    past: [],
    kept: true,
  }))
  let last = ''

  function show(change: Partial<Editing>): void {
    const { draft } = { ...store.getState(), ...change }
    const page = change.page ?? store.getState().page
    store.setState({
      ...change,
      page: page === 'about' ? page : Math.min(page, draft.steps.length - 1),
      kept: keep(storage, draft),
    })
  }

  return {
    store,
    /** @param of edits of the same name that follow one another are taken back together; '' is always one of its own */
    edit(draft: Draft, of = ''): void {
      const { draft: before, past } = store.getState()
      if (draft === before) return
      show({ draft, past: of !== '' && of === last ? past : [...past, before].slice(-HISTORY) })
      last = of
    },
    /** Another lesson in the place of the draft; the draft is one step back. */
    replace(draft: Draft): void {
      const { draft: before, past } = store.getState()
      show({ draft, page: 'about', past: isEmpty(before) ? past : [...past, before].slice(-HISTORY) })
      last = ''
    },
    /** The draft as another tab has left it; what it was here is one step back. @param key under which that tab has kept something */
    catchUp(key: string | null): void {
      if (key !== KEPT_AS) return
      const { draft: before, past, page } = store.getState()
      const draft = keptDraft(storage)
      if (!draft || JSON.stringify(draft) === JSON.stringify(before)) return
      show({ draft, page, past: last === 'catch up' ? past : [...past, before].slice(-HISTORY) })
      last = 'catch up'
    },
    undo(): void {
      const { past } = store.getState()
      const before = past.at(-1)
      if (before) show({ draft: before, past: past.slice(0, -1) })
      last = ''
    },
    go(page: Editing['page']): void {
      store.setState({ page })
      last = ''
    },
  }
}

/** The draft that is kept; null where there is none that can be shown. */
export function keptDraft(storage: Pick<Storage, 'getItem'>): Draft | null {
  try {
    return parseDraft(JSON.parse(storage.getItem(KEPT_AS) ?? 'null'))
  } catch {
    return null // others may have written there
  }
}

/** An empty draft is not kept. @returns whether it is as it should be; private windows and full disks refuse */
function keep(storage: Pick<Storage, 'setItem' | 'removeItem'>, draft: Draft): boolean {
  try {
    if (isEmpty(draft)) storage.removeItem(KEPT_AS)
    else storage.setItem(KEPT_AS, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}
