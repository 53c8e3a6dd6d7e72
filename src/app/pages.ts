/** What the page is made of: one engine, the labs that were opened, and the hash that names and holds them. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import type { BackendChoice, Estimate, ModelInfo, ModelReference } from '../engine/protocol.ts'
import type { Example, LabDefinition } from '../labs/definition.ts'
import { LABS } from '../labs/index.ts'
import type { OwnModels } from '../labs/shared/own_models.ts'
import type { Pages as AutomationPages } from '../state/automation.ts'
import { type Capability, canAll, capabilitiesOf, unfit } from '../state/capabilities.ts'
import { createEngine, type Engine } from '../state/engine.ts'
import type { LabLink } from '../state/lab.ts'
import type { Lesson } from '../state/lesson/lesson.ts'
import { decodeLink, encodeLink, parseLink } from '../state/permalink.ts'
import { speakNewRooms } from '../words/words.ts'
import { type Interrupted, interruptedLesson } from './interrupted_lesson.ts'
import type { Lessons } from './lessons.ts'
import type { OpenedLab } from './opened_lab.ts'
import { type Appearance, currentRoute, openRoute, type Route, replaceRoute, routeHash, writeRoute } from './router.ts'
import type { Sheet } from './sheets.ts'

/** The hash follows the state after this pause: browsers refuse too many changes of it in a row. */
const LINK_PAUSE_MS = 400

export interface PagesState {
  /** By id. */
  opened: Readonly<Record<string, OpenedLab>>
  /** Once the first lesson, or the course, was asked for. */
  lessons: Lessons | null
  /** What is open over the page. */
  sheet: Sheet | null
}

export interface Pages extends AutomationPages {
  engine: Engine
  /** The folder that the page was opened from, ending in "/". */
  baseUrl: string
  store: StoreApi<PagesState>
  /** A link to what is shown now. @param otherwise where it is to be shown in another way */
  address(otherwise?: Partial<Appearance>): string
  /** The address that shows a link in its lab. @throws ClsroomError `state` where it is no link of that lab */
  addressIn(link: LabLink): Promise<string>
  /** Shows the lab that a route names, with the state that it carries. */
  open(route: Route): Promise<void>
  /** Opens another lab, state or lesson, shown as this one is; the way back leads to what is on screen now. */
  go(change: Partial<Route>): void
  /** Shows what is on screen in another way. */
  appear(change: Partial<Appearance> & Pick<Route, 'term'>): void
  /** Writes what is on screen into the address, before the reader leaves it. */
  keepAddress(): void
  /** Plays a lesson that no address names; the way back leads to what is on screen now. */
  playOwn(play: (lessons: Lessons) => Promise<Lesson>): Promise<void>
  /** @param lab the open one when absent */
  openExample(id: string, lab?: string): Promise<void>
  /** The code and the state of a lab, made once. */
  labOf(id: string): Promise<OpenedLab>
  /**
   * Shows what another window shows: its lesson, and the lab as it is there by now.
   * @param begins whether the lesson's step was begun there since: the same step begins here, too
   */
  follow(route: Route, begins: boolean): Promise<void>
  /** The example that the open lab shows or was edited from. */
  example(): Example | null
  /** Brings the example back that the open lab was last opened on. */
  reset(): Promise<void>
  /** Fetches what plays lessons. */
  lessons(): Promise<Lessons>
  /** Ends the lesson; what it left in the lab stays. */
  closeLesson(): void
  /** A file that was dropped on the page: a lesson is played, any other is the open lab's. */
  showFile(file: File): Promise<void>
  /** A model is shown in a lab that can use it, the open one first, on what lies there; where it cannot be, nothing has changed. */
  ownModels: OwnModels
}

/** What the first model of a lab reads: its pipelines are compiled while its weights are on their way. */
function openingOf(needs: readonly Capability[]) {
  if (needs.includes('detects objects')) return 'boxes'
  if (needs.includes('sees pictures') || needs.includes('answers tasks')) return 'image'
  return needs.includes('rewrites text') ? 'answer' : 'text'
}

/** A lesson of its own, a frame, or another window that is followed: nothing else is opened there. */
function namesWhatItShows({ lesson, embed, follow }: Route): boolean {
  return !!(lesson || embed || follow)
}

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createPages(baseUrl: string, backend: BackendChoice): Pages {
  const { needs } = definitionOf(currentRoute().lab)
  const engine = createEngine(baseUrl, backend, openingOf(needs))
  const store = createStore<PagesState>(() => ({ opened: {}, lessons: null, sheet: null }))
  const first = Promise.withResolvers<void>()
  const opening = new Map<string, Promise<OpenedLab>>()
  /** The example that each lab shows or was edited from. */
  const exampleOf = new Map<string, string>()
  /** What a reload of the page has interrupted, until it plays again. */
  let interrupted = namesWhatItShows(currentRoute()) ? null : interruptedLesson()
  /** By lab the state in the hash that was last opened or written, so that the two do not chase each other. */
  const shownIn = new Map<string, string>()

  /** The lab's code and its state, made once. */
  function labOf(id: string): Promise<OpenedLab> {
    const known = opening.get(id)
    if (known) return known
    const opened = createLab(definitionOf(id))
    opening.set(id, opened)
    // A part of the page that did not arrive is asked for again the next time.
    opened.catch(() => opening.delete(id))
    return opened
  }

  async function createLab(definition: LabDefinition): Promise<OpenedLab> {
    const parts = await definition.parts()
    await speakNewRooms() // the lab brought its words
    const lab = parts.create(engine, baseUrl)
    lab.store.subscribe((state, before) => {
      if (before.doc && lab.changed(state, before)) writeHashSoon()
    })
    const opened = { definition, parts, lab }
    store.setState((state) => ({ opened: { ...state.opened, [definition.id]: opened } }))
    return opened
  }

  function exampleFor({ definition: { id }, parts: { examples } }: OpenedLab): Example {
    const example = examples.find((one) => one.id === exampleOf.get(id)) ?? examples[0]
    if (!example) throw new ClsroomError('internal', `the lab ${id} has no example`)
    return example
  }

  /** The link a route carries; a bad one is reported, and the lab opens on its example. */
  async function linkOf(opened: OpenedLab, { state, lab }: Route): Promise<{ link: LabLink; problem?: ClsroomError }> {
    const example = exampleFor(opened).link
    if (!state) return { link: example }
    try {
      const link = await decodeLink(opened.parts.format, state)
      if (link.lab === lab) return { link }
      throw new ClsroomError('state', 'This link belongs to another lab', { found: link.lab, expected: lab })
    } catch (thrown) {
      return { link: example, problem: thrown as ClsroomError }
    }
  }

  /** What was last asked for by an address, or patched. */
  let asked: Promise<void> = Promise.resolve()

  function open(route: Route): Promise<void> {
    asked = openState(route).then(() => {
      if (route.unread) store.getState().opened[route.lab]?.lab.fail(unreadable(route.unread))
    })
    return asked
  }

  /** A patch is of what was asked for before it, also where that is still on its way. */
  function setState(patch: object): Promise<void> {
    asked = asked.catch(() => {}).then(() => patchState(patch))
    return asked
  }

  async function patchState(patch: object): Promise<void> {
    const route = currentRoute()
    const id = 'lab' in patch ? definitionOf(String(patch.lab)).id : route.lab
    const { lab, parts } = await labOf(id)
    const link = await parseLink(parts.format, { ...parts.patched(lab.link() ?? {}, patch), lab: id })
    if (route.lab !== id) goTo(id, encodeLink(parts.format, link))
    await lab.open(link)
  }

  /** How often something was opened: what takes its time is let go once something else was. */
  let openings = 0

  async function openState(route: Route): Promise<void> {
    const { lesson } = route
    const own = ++openings
    const isWanted = () => own === openings
    if (lesson && (await openLesson(route, async () => (await lessons()).open(lesson, isWanted)))) return
    if (interrupted && (await openLesson(route, goOn))) return
    const { lessons: known } = store.getState()
    if (known?.store.getState().played?.kind === 'course') known.close()
    await openLab(route)
  }

  async function openLab(route: Route): Promise<void> {
    for (const { definition, lab } of Object.values(store.getState().opened)) {
      if (definition.id !== route.lab) lab.leave?.()
    }
    const opened = await labOf(route.lab)
    const { lab, parts } = opened
    const isOpen = lab.store.getState().doc !== null
    if (route.state === undefined && isOpen) keepAddress()
    if (route.state === undefined ? isOpen : route.state === shownIn.get(route.lab)) return
    if (route.state) shownIn.set(route.lab, route.state)
    const { link, problem } = await linkOf(opened, route)
    try {
      await lab.open(link)
      if (problem) lab.fail(problem)
    } catch (thrown) {
      // A link's model may be out of reach: what it says goes to the model of the page, and the reason is shown.
      const { model } = exampleFor(opened).link
      if (link.model !== model) await lab.open(parts.forModel(link, model)).catch(() => {})
      lab.fail(thrown)
      if (!lab.store.getState().doc) {
        shownIn.delete(route.lab) // the same address is opened when it is tried again
        throw thrown
      }
    } finally {
      first.resolve()
    }
  }

  /** @returns whether the lab is the lesson's; where it does not play, the lab opens as it would without it and says why */
  async function openLesson(route: Route, play: () => Promise<Lesson | null>): Promise<boolean> {
    try {
      const played = await play()
      if (played && route.lesson && played.lab !== route.lab) replaceRoute({ ...currentRoute(), lab: played.lab })
      return !played || route.lesson !== undefined || played.lab === route.lab
    } catch (thrown) {
      await openState({ ...route, lesson: undefined })
      store.getState().opened[route.lab]?.lab.fail(thrown)
      return false
    } finally {
      first.resolve()
    }
  }

  let goingOn: Promise<Lesson> | undefined
  /** Once, however often the page is opened meanwhile. */
  function goOn(): Promise<Lesson> {
    goingOn ??= lessons()
      .then((all) => all.resume(interrupted as Interrupted))
      .finally(() => {
        interrupted = null
      })
    return goingOn
  }

  let fetching: Promise<Lessons> | undefined
  function lessons(): Promise<Lessons> {
    fetching ??= fetchPart(() => import('./lessons.ts')).then(({ createLessons }) => {
      const made = createLessons(labOf, (lab) => shownIn.delete(lab))
      store.setState({ lessons: made })
      return made
    })
    // A part of the page that did not arrive is asked for again the next time.
    fetching.catch(() => {
      fetching = undefined
    })
    return fetching
  }

  async function openExample(id: string, lab = currentRoute().lab): Promise<void> {
    const opened = await labOf(lab)
    exampleOf.set(lab, id)
    const { link } = exampleFor(opened)
    if (currentRoute().lab !== lab) goTo(lab, encodeLink(opened.parts.format, link))
    try {
      await opened.lab.open(link)
      writeHashSoon()
    } catch (thrown) {
      opened.lab.fail(thrown)
    }
  }

  async function showFile(file: File): Promise<void> {
    const opened = current()
    try {
      if (/\.json$/i.test(file.name)) {
        const { isLessonFile } = await fetchPart(() => import('./own_lesson.ts'))
        if (await isLessonFile(file)) {
          const text = await file.text()
          return await playOwn((all) => all.openOwn(text))
        }
      }
      await opened?.lab.showFile(file)
    } catch (thrown) {
      opened?.lab.fail(thrown)
    }
  }

  async function estimate(reference: ModelReference, signal: AbortSignal): Promise<Estimate | null> {
    const found = await engine.estimate(reference, signal)
    if (found) labFor(found)
    return found
  }

  async function openModel(reference: ModelReference, signal: AbortSignal): Promise<void> {
    const known = engine.store.getState().models
    const model = await engine.load(reference, signal)
    let opened: OpenedLab
    try {
      opened = await labOf(labFor(model).id)
      await opened.lab.prepare(model)
      signal.throwIfAborted()
    } catch (thrown) {
      const isHere = model.id in engine.store.getState().models
      if (isHere && !(model.id in known)) await engine.unload(model.id)
      throw thrown
    }
    const { lab, parts, definition } = opened
    // Its first run may take long: the lab that is open shows that; one that is not is opened when there is something to see.
    if (lab.store.getState().doc) void lab.setModel(model.id)
    else await lab.open(parts.forModel(exampleFor(opened).link, model.id))
    signal.throwIfAborted()
    if (currentRoute().lab !== definition.id) go({ lab: definition.id })
  }

  /** A lab that can use a model, the open one first. */
  function labFor({ info }: { info: ModelInfo }): LabDefinition {
    const can = capabilitiesOf(info)
    const fitting = [definitionOf(currentRoute().lab), ...LABS].find(({ needs }) => canAll(can, needs))
    if (fitting) return fitting
    throw unfit('No lab has a use for this model', info)
  }

  /** The lab on screen, where it is there already. */
  const current = (): OpenedLab | undefined => store.getState().opened[currentRoute().lab]

  function encodedState(): string | undefined {
    const opened = current()
    const link = opened?.lab.link()
    return opened && link ? encodeLink(opened.parts.format, link) : undefined
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function writeHashSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(keepAddress, LINK_PAUSE_MS)
  }

  function keepAddress(): void {
    clearTimeout(timer)
    const state = encodedState()
    const route = currentRoute()
    // While a lesson plays, the address names its step; a window that follows has the state of another.
    if (!state || route.lesson || route.follow) return
    shownIn.set(route.lab, state)
    if (route.state !== state) writeRoute({ ...route, state })
  }

  function go(change: Partial<Route>): void {
    keepAddress()
    const { state: _, lesson: __, ...here } = currentRoute()
    openRoute({ ...here, ...change })
  }

  /** To a lab in which a state is about to be shown. */
  function goTo(lab: string, state: string): void {
    go({ lab, state })
    shownIn.set(lab, state)
  }

  function appear(change: Partial<Appearance> & Pick<Route, 'term'>): void {
    keepAddress()
    openRoute({ ...currentRoute(), ...change })
  }

  async function playOwn(play: (lessons: Lessons) => Promise<Lesson>): Promise<void> {
    keepAddress()
    const all = await lessons()
    history.pushState(null, '', location.href)
    const { lab } = await play(all)
    keepAddress() // the way back is one only where the two addresses differ
    const { state: _, lesson, ...here } = currentRoute()
    if (lab !== here.lab || lesson) replaceRoute({ ...here, lab })
  }

  return {
    engine,
    baseUrl,
    store,
    open,
    go,
    appear,
    keepAddress,
    playOwn,
    async follow(route, begins) {
      const playing = () => store.getState().lessons?.store.getState().played?.player
      const player = playing()
      const visit = player?.store.getState().visit
      await openState({ ...route, ...(route.lesson && { state: undefined }) })
      const here = player?.store.getState()
      if (begins && player && player === playing() && here?.visit === visit) await player.go(here?.step ?? 0)
      if (route.lesson) await openLab(route)
    },
    openExample,
    labOf,
    example() {
      const opened = current()
      return opened ? exampleFor(opened) : null
    },
    async reset() {
      const opened = current()
      if (opened) await openExample(exampleFor(opened).id)
    },
    lessons,
    closeLesson() {
      store.getState().lessons?.close()
      const { lab, lesson } = currentRoute()
      const state = encodedState()
      if (lesson && state) goTo(lab, state)
    },
    showFile,
    ownModels: { estimate, open: openModel },
    ready: first.promise,
    address(otherwise = {}) {
      // Where it is shown is left out: which window follows which, and whose frame it is in.
      const whole = { follow: undefined, lead: undefined, embed: undefined, parents: undefined }
      const [route, state] = [{ ...currentRoute(), ...whole, ...otherwise }, encodedState()]
      return location.href.split('#')[0] + routeHash({ ...route, ...(state && !route.lesson && { state }) })
    },
    async addressIn(link) {
      const { format } = await definitionOf(link.lab).parts()
      const state = encodeLink(format, await parseLink(format, link))
      return location.href.split('#')[0] + routeHash({ ...currentRoute(), lab: link.lab, state })
    },
    state: () => current()?.lab.link() ?? {},
    setState,
  }
}

/** @throws ClsroomError `state` for a lab that is not there */
function definitionOf(id: string): LabDefinition {
  const found = LABS.find((lab) => lab.id === id)
  if (found) return found
  throw new ClsroomError('state', 'There is no such lab', { found: id, expected: LABS.map((lab) => lab.id).join(', ') })
}

function unreadable(unread: readonly string[]): ClsroomError {
  return new ClsroomError('state', 'The address holds something that this page cannot read', {
    found: unread.join(' & '),
    expected: 'a link copied from CLSroom',
    advice: 'The rest of it is shown',
  })
}
