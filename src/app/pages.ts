/** What the page is made of: one engine, one state a lab, and the hash that names and holds them. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { ClsroomError } from '../core/errors.ts'
import type { ModelReference } from '../engine/protocol.ts'
import type { Pages as AutomationPages } from '../state/automation.ts'
import { createEngine, type Engine } from '../state/engine.ts'
import { decodeLink, encodeLink, type Link, parseLink, type TextLink, type VisionLink } from '../state/permalink.ts'
import { loadSamples, type Sample } from '../state/samples.ts'
import { createTextLab, type TextLab } from '../state/text_lab.ts'
import { createVisionLab, type VisionLab } from '../state/vision_lab.ts'
import { EXAMPLE_PHOTO, EXAMPLE_TEXT, EXAMPLE_VISION } from './examples.ts'
import { parseRoute, type Route } from './router.ts'

/** The hash follows the state after this pause: browsers refuse too many changes of it in a row. */
const LINK_PAUSE_MS = 400

export interface Pages extends AutomationPages {
  engine: Engine
  text: TextLab
  vision: VisionLab
  samples: StoreApi<{ samples: Sample[] }>
  /** A link to what is shown now. */
  address(): string
  /** Shows the lab that a route names, with the state that it carries. */
  open(route: Route): Promise<void>
  /**
   * Loads a model and shows it in the lab of its kind, on what lies there.
   * @throws ClsroomError when it cannot be loaded; nothing has changed then
   */
  openModel(reference: ModelReference, signal: AbortSignal): Promise<void>
}

const EXAMPLES = { text: EXAMPLE_TEXT, vision: EXAMPLE_VISION }

/** The input of a link without what was done to tokens: their ids and number are the model's own. */
function forModel(link: Link, model: string): Link {
  if (link.lab === 'text') return { lab: 'text', model, texts: link.texts }
  const { sample, crop, strokes } = link
  return { lab: 'vision', model, sample, crop, strokes }
}

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createPages(baseUrl: string, backend: 'auto' | 'cpu'): Pages {
  const opensOn = parseRoute(location.hash).lab === 'vision' ? 'image' : 'text'
  const engine = createEngine(baseUrl, backend, opensOn)
  const text = createTextLab(engine)
  const vision = createVisionLab(engine)
  const samples = createStore<{ samples: Sample[] }>(() => ({ samples: [] }))
  const labs = { text, vision }
  const first = Promise.withResolvers<void>()
  /** The link that the shown state came from or was written to, so that the hash and the state do not chase each other. */
  let shown: string | undefined

  async function openText(link: TextLink): Promise<void> {
    await text.open(link)
  }

  async function openVision(link: VisionLink): Promise<void> {
    if (samples.getState().samples.length === 0) samples.setState({ samples: await loadSamples(baseUrl) })
    await vision.open(link)
    const known = samples.getState().samples
    const sample = known.find(({ file }) => file === link.sample) ?? known.find(({ file }) => file === EXAMPLE_PHOTO)
    if (sample && (link.sample || !vision.store.getState().photo)) await vision.openSample(sample)
  }

  const openLink = (link: Link) => (link.lab === 'text' ? openText(link) : openVision(link))

  /** The link a route carries; a bad one is reported, and the lab opens on its example. */
  function linkOf(route: Route): { link: Link; problem?: ClsroomError } {
    const example = EXAMPLES[route.lab]
    if (!route.state) return { link: example }
    try {
      const link = decodeLink(route.state)
      if (link.lab === route.lab) return { link }
      throw new ClsroomError('state', 'This link belongs to another lab', { found: link.lab, expected: route.lab })
    } catch (thrown) {
      return { link: example, problem: thrown as ClsroomError }
    }
  }

  async function open(route: Route): Promise<void> {
    const lab = labs[route.lab]
    const opened = lab.store.getState().doc !== null
    if (route.state === undefined ? opened : route.state === shown) return
    shown = route.state
    const { link, problem } = linkOf(route)
    try {
      await openLink(link)
      if (problem) lab.fail(problem)
    } catch (thrown) {
      // A link's model may be out of reach: what it says goes to the model of the page, and the reason is shown.
      const { model } = EXAMPLES[route.lab]
      if (link.model !== model) await openLink(forModel(link, model)).catch(() => {})
      lab.fail(thrown)
    }
    first.resolve()
  }

  async function openModel(reference: ModelReference, signal: AbortSignal): Promise<void> {
    const model = await engine.load(reference, signal)
    const isText = model.info.modality === 'text'
    if (isText) await engine.tokenizer(model)
    signal.throwIfAborted()
    const route: Route = { lab: isText ? 'text' : 'vision' }
    const lab = labs[route.lab]
    // Its first run may take long: the lab that is open shows that; one that is not is opened when there is something to see.
    if (lab.store.getState().doc) void lab.setModel(model.id)
    else await openLink(forModel(EXAMPLES[route.lab], model.id))
    signal.throwIfAborted()
    if (parseRoute(location.hash).lab !== route.lab) location.hash = `#/${route.lab}`
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function writeHashSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { lab } = parseRoute(location.hash)
      const link = labs[lab].link()
      if (!link) return
      shown = encodeLink(link)
      history.replaceState(null, '', `#/${lab}?s=${shown}`)
    }, LINK_PAUSE_MS)
  }
  text.store.subscribe((state, before) => {
    if (before.doc && (state.doc !== before.doc || state.look !== before.look)) writeHashSoon()
  })
  vision.store.subscribe((state, before) => {
    const changed = state.doc !== before.doc || state.look !== before.look || state.photo !== before.photo
    if (before.doc && before.photo && changed) writeHashSoon()
  })

  return {
    engine,
    text,
    vision,
    samples,
    open,
    openModel,
    ready: first.promise,
    address() {
      const { lab } = parseRoute(location.hash)
      const link = labs[lab].link()
      const page = location.href.split('#')[0]
      return link ? `${page}#/${lab}?s=${encodeLink(link)}` : location.href
    },
    state: () => labs[parseRoute(location.hash).lab].link() ?? {},
    async setState(patch) {
      const { lab } = { lab: parseRoute(location.hash).lab, ...patch } as { lab: Link['lab'] }
      const link = parseLink({ ...(labs[lab]?.link() ?? {}), ...patch, lab })
      if (parseRoute(location.hash).lab !== link.lab) {
        shown = encodeLink(link)
        history.pushState(null, '', `#/${link.lab}?s=${shown}`)
        window.dispatchEvent(new HashChangeEvent('hashchange'))
      }
      await openLink(link)
    },
  }
}
