/**
 * A lab of halves: over each kind of input a lab of its own, with a document, runs and undo. The chosen model decides which of them is shown, and
 * whatever the page asks of the lab goes to that one.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LoadedModel, ModelInfo } from '../engine/protocol.ts'
import { type Capability, loadFor } from './capabilities.ts'
import type { Engine } from './engine.ts'
import type { Lab, LabLink, LabState } from './lab.ts'
import { newestOpening, type Step } from './opening.ts'

export interface HalvesParts<Halves extends Record<string, Lab>, Link extends LabLink> {
  halves: Halves
  /** Shown before the first link. */
  first: keyof Halves
  needs: readonly Capability[]
  /** @throws ClsroomError `unsupported` for a model that no half shows */
  halfFor(info: ModelInfo): keyof Halves
  /** The half that a link belongs to. */
  halfOf(link: Link): keyof Halves
  /** The link that opens a half on a model alone. */
  bare(half: keyof Halves, model: string): Link
}

export interface LabOfHalves<Halves extends Record<string, Lab>, Link extends LabLink> extends Lab<Link> {
  halves: Halves
  /** Which half is shown. */
  shown: Pick<StoreApi<keyof Halves>, 'getState' | 'subscribe'>
}

export function createHalves<Halves extends Record<string, Lab>, Link extends LabLink>(
  engine: Engine,
  { halves, first, needs, halfFor, halfOf, bare }: HalvesParts<Halves, Link>,
): LabOfHalves<Halves, Link> {
  const shown = createStore<keyof Halves>(() => first)
  const half = (): Lab => halves[shown.getState()] as Lab

  /** The state of the half that is shown. */
  const store = createStore<LabState>(() => half().store.getState())
  const mirror = () => store.setState(half().store.getState(), true)
  for (const one of Object.values(halves)) one.store.subscribe(mirror)
  shown.subscribe(mirror)

  const lab: LabOfHalves<Halves, Link> = {
    halves,
    shown,
    store,

    /** A link of one half whose model belongs to another opens that one on the model alone; where that fails, what was shown still is. */
    open: newestOpening(async (link: Link, step: Step): Promise<void> => {
      const { id, info } = await step(loadFor(engine, needs, link.model))
      const name = halfFor(info)
      await step((halves[name] as Lab).open(halfOf(link) === name ? link : bare(name, id)))
      shown.setState(name, true)
    }),

    link: () => half().link() as Link | null,

    changed(state, before) {
      const [now, then] = [state.model, before.model]
      const turned = now !== null && then !== null && halfFor(now.info) !== halfFor(then.info)
      return turned || half().changed(state, before)
    },

    prepare: (model: LoadedModel) => (halves[halfFor(model.info)] as Lab).prepare(model),

    async setModel(id) {
      try {
        const model = await loadFor(engine, needs, id)
        const name = halfFor(model.info)
        if (name !== shown.getState() && (halves[name] as Lab).store.getState().doc === null) {
          await lab.open(bare(name, model.id))
          return true
        }
        shown.setState(name, true)
        return await half().setModel(model.id)
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
  return lab
}
