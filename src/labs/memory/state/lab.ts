/**
 * The memory lab: a half for text and one for pictures, each a lab of its own with a document, runs and undo. The model decides which of
 * them shows; the page sees the one that does.
 *
 * A half is a line in each of `createMemoryLab`'s `halves`, `HALF_OF`, link_schema.ts, examples.ts and MemoryLab.tsx. It opens
 * on a bare link { lab, shows, model }, too.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import { loadFor, unfit } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Lab, LabState } from '../../../state/lab.ts'
import { createPictureMemory, type PictureMemory } from '../picture/state/lab.ts'
import { createTextMemory, type TextMemory } from '../text/state/lab.ts'
import type { MemoryLink } from './link.ts'

export type Shows = MemoryLink['shows']

const HALF_OF: Partial<Record<ModelInfo['modality'], Shows>> = { text: 'text', image: 'picture' }

export interface MemoryLab extends Lab<MemoryLink> {
  halves: { text: TextMemory; picture: PictureMemory }
  /** Which half shows. */
  shown: Pick<StoreApi<Shows>, 'getState' | 'subscribe'>
}

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createMemoryLab(engine: Engine, baseUrl: string): MemoryLab {
  const halves: MemoryLab['halves'] & Record<Shows, Lab> = {
    text: createTextMemory(engine, baseUrl),
    picture: createPictureMemory(engine, baseUrl),
  }
  const shown = createStore<Shows>(() => 'text')
  const half = (): Lab => halves[shown.getState()]

  /** The state of the half that shows. */
  const store = createStore<LabState>(() => half().store.getState())
  const mirror = () => store.setState(half().store.getState(), true)
  for (const one of Object.values(halves)) one.store.subscribe(mirror)
  shown.subscribe(mirror)

  return {
    halves,
    shown,
    store,

    async open(link) {
      const model = await loadFor(engine, ['keeps memory'], link.model)
      const shows = halfFor(model)
      shown.setState(shows, true)
      await halves[shows].open(link.shows === shows ? link : bare(shows, link.model))
    },

    link: () => half().link() as MemoryLink | null,
    changed: (state, before) => half().changed(state, before),
    prepare: (model) => halves[halfFor(model)].prepare(model),

    async setModel(id) {
      try {
        const shows = halfFor(await loadFor(engine, ['keeps memory'], id))
        if (shows === shown.getState()) return await half().setModel(id)
        shown.setState(shows, true)
        if (half().store.getState().doc) return await half().setModel(id)
        await half().open(bare(shows, id))
        return true
      } catch (thrown) {
        half().fail(thrown)
        return false
      }
    },

    showFile: (file) => half().showFile(file),
    look: (change) => half().look(change),
    undo: () => half().undo(),
    redo: () => half().redo(),
    fail: (thrown) => half().fail(thrown),
    dismissProblem: () => half().dismissProblem(),
    settled: () => half().settled(),
  }
}

function bare(shows: Shows, model: string): MemoryLink {
  return { lab: 'memory', shows, model }
}

/** @throws ClsroomError `unsupported` for a memory of something else */
function halfFor({ info }: LoadedModel): Shows {
  const shows = HALF_OF[info.modality]
  if (shows) return shows
  throw unfit('This lab has no use for the model', info)
}
