/**
 * What every lab's state is made of: a document that undo and links hold, a look, the newest run and the one before it, a pinned
 * run, a problem. A lab's own file adds its input and its edits.
 *
 * Edits come in groups: what goes on without a pause (typing, a stroke, a drag) is one step of undo, and is compared with the run
 * that was on screen when it began.
 */

import { temporal } from 'zundo'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import { latest } from '../engine/latest.ts'
import type { ForwardResult, LoadedModel } from '../engine/protocol.ts'

/** What a run of any lab has; each lab's own says what it was made of. */
export interface LabRun {
  result: Pick<ForwardResult, 'attentions' | 'tokens' | 'ms' | 'gpuMs' | 'dispatches' | 'backend'>
}

export interface LabState<
  Doc = unknown,
  Look extends { layer: number } = { layer: number },
  Run extends LabRun = LabRun,
> {
  model: LoadedModel | null
  doc: Doc | null
  look: Look
  run: Run | null
  /** What was on screen when the edit began that led to `run`; null when there is nothing to compare with. */
  before: Run | null
  /** What was on screen when the newest edit began, whether it has run or not. */
  since: Run | null
  /** Kept to compare later runs with. */
  pinned: Run | null
  problem: ErrorReport | null
  /** How many runs were asked for, and which of them is on screen: they differ while the newest is computed. */
  asked: number
  shown: number
}

/** A lab before its first run. */
export const NO_RUN = { run: null, before: null, since: null, pinned: null, problem: null, asked: 0, shown: 0 } as const

/** A lab as the page sees it: opened by links, undone, given files and models. */
export interface Lab<Link extends LabLink = LabLink> {
  store: Pick<StoreApi<LabState>, 'getState' | 'subscribe'>
  /**
   * Shows what a link holds.
   * @throws ClsroomError when its model cannot be loaded
   */
  open(link: Link): Promise<void>
  /** What a link holds; null before there is something to hold. */
  link(): Link | null
  /** Whether what a link holds has changed between two states. */
  changed(state: LabState, before: LabState): boolean
  /** What the lab needs beside the model itself. @throws ClsroomError when this model lacks it; nothing has changed then */
  prepare(model: LoadedModel): Promise<void>
  /** Another model on what lies there. @returns whether it is shown now */
  setModel(id: string): Promise<boolean>
  /** A file that a person dropped or chose; one that cannot be read leaves the lab as it was and says why. */
  showFile(file: File): Promise<void>
  /** The page shows another lab: what goes on by itself ends, and what came of it stays. */
  leave?(): void
  /** Opens a tool; '' closes it. */
  look(change: { tool: string }): void
  undo(): void
  redo(): void
  fail(thrown: unknown): void
  dismissProblem(): void
  /** Resolves once the newest edit is drawn. */
  settled(): Promise<void>
}

/** What every lab's link has. */
export interface LabLink {
  lab: string
  model: string
}

export interface LabParts<State extends LabState, Run extends LabRun> {
  initial: State
  /** What undo brings back. */
  undoable: (state: State) => Partial<State>
  /** What a run is made of: a change of any part asks for a run. Null: there is nothing to run yet. */
  input: (state: State) => readonly unknown[] | null
  run: (state: State) => Promise<Run>
  /** Whether a run has the maps that a look shows; by default those of its layer in the only stack, or the encoder. */
  hasMaps?: (run: Run, look: State['look']) => boolean
}

/** One step of undo under way. */
export interface EditGroup {
  of: string
  at: number
  recorded: boolean
}

const HISTORY = 200
/** Edits of one kind within this pause are one step of undo. */
const STROKE_PAUSE_MS = 1000
/** While edits come faster than runs, one of them is drawn this often. */
const SHOWN_EVERY_MS = 1000

/** The store of a lab, and what every lab does with it. */
export function createLabStore<Run extends LabRun, State extends LabState<unknown, { layer: number }, Run>>(
  parts: LabParts<State, Run>,
) {
  const store = createStore<State>()(
    temporal((): State => parts.initial, {
      partialize: parts.undoable,
      equality: sameParts,
      limit: HISTORY,
    }),
  )
  const set = (change: Partial<LabState<unknown, { layer: number }, Run>>) => store.setState(change as Partial<State>)
  const fail = (thrown: unknown) => set({ problem: reportOf(thrown) })
  let group: EditGroup = { of: '', at: 0, recorded: false }
  let baseline: Run | null = null

  /** What is told of a run that failed: the next one that succeeds takes it back. */
  let failure: ErrorReport | null = null

  const runs = latest<{ state: State; number: number }, { run: Run; before: Run | null }>(
    async ({ state }) => {
      const before = baseline
      return { run: await parts.run(state), before }
    },
    ({ run, before }, { state, number }) => {
      if (!parts.input(store.getState())) return
      const { problem } = store.getState()
      // What was said after the run was asked for is about something else, and still to be read.
      const isPast = problem === failure || problem === state.problem
      set({ run, before, problem: isPast ? null : problem, shown: number })
    },
    (thrown, { number }) => {
      if (!parts.input(store.getState())) return
      failure = reportOf(thrown)
      set({ run: null, problem: failure, shown: number })
    },
    { atLeastEvery: SHOWN_EVERY_MS },
  )
  function request(state: State): void {
    const number = state.asked + 1
    set({ asked: number })
    runs.request({ state, number })
  }
  /** Nothing is left to run: what is on screen, or still on its way, was made of something else. */
  function clear({ asked }: State): void {
    set({ run: null, before: null, asked: asked + 1, shown: asked + 1 })
  }

  store.subscribe((state, before) => {
    const [input, earlier] = [parts.input(state), parts.input(before)]
    if (input && !sameList(input, earlier)) request(state)
    if (!input && earlier) clear(state)
  })

  /**
   * Begins a step of undo, or goes on with the one under way.
   * @param of edits of the same name that follow one another without a pause are one step; '' is always one of its own
   */
  function begin(of = ''): EditGroup {
    const now = performance.now()
    if (of !== '' && group.of === of && now - group.at < STROKE_PAUSE_MS) {
      group.at = now
    } else {
      group = { of, at: now, recorded: false }
      setBaseline(store.getState().run)
    }
    return group
  }

  /** Ends the step under way: what follows another action is no part of it. What runs are compared with stays. */
  function close(): void {
    group = { ...group, of: '' }
  }

  function setBaseline(run: Run | null): void {
    baseline = run
    set({ since: run })
  }

  /** Makes a change that undo takes back with the rest of its group. */
  function commit(change: Partial<State>, within: EditGroup = group): void {
    const history = store.temporal.getState()
    // A change that comes late (a slow tokenizer's) after another step began is a step of its own.
    if (within.recorded && within === group) history.pause()
    store.setState(change)
    history.resume()
    within.recorded = true
  }

  /** Undo starts anew, and the next run is compared with none. */
  function forget(): void {
    store.temporal.getState().clear()
    begin()
    setBaseline(null)
  }

  function travel(way: 'undo' | 'redo'): void {
    begin()
    store.temporal.getState()[way]()
  }

  return {
    store,
    begin,
    commit,
    fail,
    idle: () => runs.idle(),
    forget,
    /** Shows what a link holds in the place of what was there: undo starts here, and of another model no run stays. */
    show(model: LoadedModel, change: Partial<State>): void {
      const isOther = store.getState().model?.id !== model.id
      forget()
      store.setState({ ...(isOther && { run: null, before: null, since: null, pinned: null }), ...change, model })
      forget()
    },

    /** What every lab offers as it is. */
    actions: {
      look(change: Partial<State['look']>): void {
        close()
        store.setState((state) => ({ look: { ...state.look, ...change } }) as Partial<State>)
        const { doc, run, look } = store.getState()
        // A large run reads back one layer: another one is asked for again.
        const hasMaps = parts.hasMaps ?? (({ result }: Run) => !!result.attentions[look.layer])
        if (doc && run && !hasMaps(run, look)) request(store.getState())
      },
      /** Keeps a run to compare later ones with; null lets it go. */
      pin(pinned: Run | null): void {
        close()
        set({ pinned })
      },
      undo: () => travel('undo'),
      redo: () => travel('redo'),
      fail,
      dismissProblem: () => set({ problem: null }),
    },
  }
}

function sameList(a: readonly unknown[], b: readonly unknown[] | null): boolean {
  return b !== null && a.length === b.length && a.every((part, i) => Object.is(part, b[i]))
}

function sameParts<T extends object>(a: T, b: T): boolean {
  return sameList(Object.values(a), Object.values(b))
}
