/**
 * The vision lab's state: the photo, the document (what a permalink and undo hold), the look, and the newest run.
 * Edits change the document; a changed document or photo runs; views draw the run with the tokens it was made of.
 */

import { ClsroomError } from '../../../core/errors.ts'
import type { LoadedModel, MaskToken, PositionTable } from '../../../engine/protocol.ts'
import { CENTRE, type Crop } from '../../../loaders/image_crop.ts'
import { createPainter, paintPicture, type Stroke } from '../../../loaders/image_paint.ts'
import type { MaskSpec } from '../../../sequence/mask.ts'
import type { Strategy } from '../../../sequence/patch_masking.ts'
import { decodeTokens } from '../../../sequence/serialise.ts'
import type { Sequence } from '../../../sequence/token.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type LabState, NO_RUN } from '../../../state/lab.ts'
import { type IsNewest, newestOpening, type Step } from '../../../state/opening.ts'
import { createCamera } from '../../shared/camera.ts'
import { createListed } from '../../shared/listed.ts'
import { mapLookWithin } from '../../shared/look.ts'
import { newestReading } from '../../shared/newest_reading.ts'
import { photoOfCopy, photoOfFile } from '../../shared/own_photo.ts'
import { loadSamples, readSample, type Sample } from '../../shared/samples/samples.ts'
import { t as shared } from '../../shared/words/words.ts'
import { absentFrom, encodeVision, isWhole, type VisionLink } from './link.ts'
import { type Photo, runVision, sightOf, unedited, type VisionDoc, type VisionRun } from './run.ts'
import { nearestSide, toSide } from './side.ts'

export type { Photo, VisionDoc, VisionRun } from './run.ts'

/** What is laid over the photo: the chosen head or their mean, the largest of all heads, or attention rolled out. */
export type Reading = 'head' | 'max' | 'rollout'

export interface VisionLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** The colour scales of maps end at the largest value that is shown, and not at 1. */
  fit: boolean
  reading: Reading
  /** Key of the token whose reading is laid over the photo. */
  query: number
  selection: number[]
  overlay: Overlay
  /** The photo at full sharpness, or at the model's resolution. */
  sight: 'sharp' | 'seen'
  /** How the masking tool chooses patches. */
  masking: Masking
}

export interface Masking {
  strategy: Strategy
  /** Of the patches, 0 to 1. */
  ratio: number
  seed: number
  /** Taken out of the sequence, or left in it for nobody to read. */
  as: 'removed' | 'masked'
}

export interface Overlay {
  /** 0 shows the photo only. */
  opacity: number
  smooth: boolean
  /** Dims all but the fewest patches that hold this share of what the photo gets. */
  mass: number | null
  /** Colours end at the largest value on the photo; on the whole scale from 0 to 1, what many patches share is hardly seen. */
  fit: boolean
}

export interface VisionLabState extends LabState<VisionDoc, VisionLook, VisionRun> {
  photo: Photo | null
  /** A picture is being fetched or read. */
  reading: boolean
  /** A gesture under way (a stroke, a crop being dragged): it runs, and becomes an undoable edit when it ends. */
  draft: Partial<VisionDoc> | null
}

export type VisionLab = ReturnType<typeof createVisionLab>

/** What the lab opens on. */
export const FIRST_PHOTO = 'automobile.jpg'
const LOOK: VisionLook = {
  tool: '',
  layer: 0,
  head: 'mean',
  fit: false,
  reading: 'head',
  query: 0,
  selection: [],
  overlay: { opacity: 0.75, smooth: false, mass: null, fit: true },
  sight: 'sharp',
  masking: { strategy: 'random', ratio: 0.5, seed: 1, as: 'removed' },
}

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createVisionLab(engine: Engine, baseUrl: string) {
  const paint = createPainter()
  const core = createLabStore<VisionRun, VisionLabState>({
    initial: {
      model: null,
      photo: null,
      reading: false,
      doc: null,
      draft: null,
      look: LOOK,
      ...NO_RUN,
    },
    // The frames of a camera are no edits.
    undoable: ({ doc, photo }) => (photo?.source === 'camera' ? { doc } : { doc, photo }),
    input: (state) => state.doc && state.photo && state.model && [documentOf(state), state.photo],
    async run({ model, photo, look, ...state }) {
      const doc = documentOf(state)
      if (!model || !doc || !photo) throw new Error('a run was asked for before a model and a photo were there')
      const sight = sightOf(photo, paint(photo.picture, doc.strokes), doc, model)
      return runVision(engine, { model, doc, sight, layer: look.layer })
    },
  })
  const { store, fail } = core
  const { store: samples, list } = createListed(() => loadSamples(baseUrl))

  function setDoc(change: Partial<VisionDoc>): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin()
    core.commit({ doc: { ...doc, ...change }, draft: null })
  }

  /** One undoable edit; what it throws is shown and changes nothing. */
  function step(edit: () => void): void {
    try {
      edit()
    } catch (thrown) {
      fail(thrown)
    }
  }

  /** @param keeps whether the crop and the strokes belong to this photo */
  function place(photo: Photo, keeps: boolean): void {
    const { doc, photo: before } = store.getState()
    const fresh = doc && !keeps ? { ...doc, crop: CENTRE, strokes: [] } : doc
    core.begin()
    core.commit({ photo, doc: fresh, draft: null, problem: null })
    if (!before || keeps) core.forget()
  }

  const { read, overtake } = newestReading({ onReading: (reading) => store.setState({ reading }), fail })
  /** @returns why it is not shown; null where it is, or another one was asked for */
  function show(load: () => Promise<Photo>, { keeps = false } = {}): Promise<unknown> {
    camera.stop()
    return read(load, async (photo) => {
      place(photo, keeps)
      await core.idle()
    })
  }

  async function sampled(sample: Sample): Promise<Photo> {
    const picture = await engine.picture(await readSample(sample))
    return { name: sample.file, source: 'sample', picture }
  }

  /** @throws ClsroomError `image` for what no link of ours holds */
  async function copied(copy: string): Promise<Photo> {
    const shown = store.getState().photo
    if (shown?.copy === copy) return shown // the photo itself is still here, sharper than its copy
    return { ...(await photoOfCopy(engine, copy)), isSmaller: !isWhole(copy) }
  }

  /** The photo of a link, else the first sample: what was cropped and painted stays where it belongs, and undo starts here. */
  async function openPhoto(link: VisionLink): Promise<unknown> {
    const known = samples.getState().samples
    const sample = known.find(({ file }) => file === link.sample) ?? known.find(({ file }) => file === FIRST_PHOTO)
    const copy = link.sample === undefined ? link.photo : undefined
    const refused = copy === undefined ? null : await show(() => copied(copy), { keeps: true })
    const isMissing = link.sample !== undefined || refused || !store.getState().photo
    if (sample && isMissing) await show(() => sampled(sample), { keeps: !refused })
    else await core.idle()
    return refused
  }

  /** The photo of a link's pinned run; null where it is not in the link. */
  async function photoOfPinned({ sample, photo, same }: NonNullable<VisionLink['pinned']>): Promise<Photo | null> {
    const known = samples.getState().samples.find(({ file }) => file === sample)
    if (known) return sampled(known)
    if (photo !== undefined) return copied(photo)
    return same ? store.getState().photo : null
  }

  /** Runs what a link kept as pinned; nothing of it was computed elsewhere. */
  async function repin(
    pinned: NonNullable<VisionLink['pinned']>,
    model: LoadedModel,
    isNewest: IsNewest,
  ): Promise<void> {
    try {
      const photo = await photoOfPinned(pinned)
      if (!photo) return
      const { doc } = documentIn(pinned, model)
      const sight = sightOf(photo, paintPicture(photo.picture, doc.strokes), doc, model)
      const run = await runVision(engine, { model, doc, sight, layer: store.getState().look.layer })
      if (isNewest()) core.actions.pin(run)
    } catch (thrown) {
      if (isNewest()) fail(thrown)
    }
  }

  const camera = createCamera(async (picture) => {
    const { photo } = store.getState()
    if (photo?.source === 'camera') {
      store.setState({ photo: { ...photo, picture } })
    } else {
      overtake()
      place({ name: shared('camera'), source: 'camera', picture }, false)
    }
    await core.idle()
    // What the open tool runs beside this frame comes first: the next frame would overtake it, again and again.
    await engine.idle()
  })

  const lab = {
    store,
    ...core.actions,
    /** The photos that come with the page; empty before the lab is opened. */
    samples,
    /** The live source; any other photo ends it. */
    camera,

    /**
     * Shows what a link holds, before the photo that is there.
     * @throws ClsroomError when the model cannot be loaded
     */
    open: newestOpening(async (link: VisionLink, step: Step, isNewest: IsNewest): Promise<void> => {
      const unlisted = await step(list())
      const model = await step(loadFor(engine, ['sees pictures'], link.model))
      const { layers } = model.info
      const { doc, problem } = documentIn(link, model)
      const { sequence } = doc
      const { query = 0, overlay, ...look } = link.look ?? { layer: layers - 1, head: 'mean' as const }
      core.show(model, {
        draft: null,
        doc,
        look: {
          ...LOOK,
          ...look,
          ...mapLookWithin(look, model.info),
          query: sequence.tokens[query]?.key ?? 0,
          overlay: { ...LOOK.overlay, ...overlay },
        },
        problem: problem?.report() ?? null,
      })
      const refused = await step(openPhoto(link))
      // Without the samples the lab is there all the same: for a photo of one's own.
      if (unlisted) fail(unlisted)
      if (link.pinned?.model === model.id && !(refused && link.pinned.same))
        await step(repin(link.pinned, model, isNewest))
      const problemOfPhoto = refused ?? notIn(link, store.getState())
      if (problemOfPhoto) fail(problemOfPhoto)
    }),

    changed(state: LabState, before: LabState): boolean {
      const [{ photo }, { photo: earlier }] = [state, before] as [VisionLabState, VisionLabState]
      const pinned = state.pinned !== before.pinned
      const edited = pinned || state.doc !== before.doc || state.look !== before.look || photo !== earlier
      return edited && photo !== null && earlier !== null
    },

    /** A picture needs nothing beside the model. */
    prepare: async (_: LoadedModel): Promise<void> => {},

    /** Another model on the same photo, looked at in the same way; its sequence starts unedited. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { crop, strokes } = doc
        await lab.open({ lab: 'vision', model: id, crop, strokes, look: { ...look, query: 0 } })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** What a permalink holds; null before a model is there. */
    link(): VisionLink | null {
      const { doc, look, photo, pinned } = store.getState()
      return doc && encodeVision(doc, photo, look, pinned)
    },

    /** Reads a picture that a person brought; one that cannot be read leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      await show(() => photoOfFile(engine, file))
    },

    /** Asks for the samples again where they could not be listed; the first is shown where no photo is. */
    async listSamples(): Promise<void> {
      const unlisted = await list()
      if (unlisted) return fail(unlisted)
      lab.dismissProblem()
      const first = samples.getState().samples.find(({ file }) => file === FIRST_PHOTO)
      if (first && !store.getState().photo) await lab.showSample(first)
    },

    async showSample(sample: Sample): Promise<void> {
      await show(() => sampled(sample))
    },

    /** Applies a pure edit of `sequence/edit.ts`. */
    edit(change: (sequence: Sequence) => Sequence): void {
      const { doc } = store.getState()
      if (doc) step(() => setDoc({ sequence: change(doc.sequence) }))
    },

    setMask: (mask: MaskSpec) => step(() => setDoc({ mask })),
    setAblated: (ablated: VisionDoc['ablated']) => step(() => setDoc({ ablated })),
    setPositionTable: (positionTable: PositionTable) => step(() => setDoc({ positionTable })),
    setMaskToken: (maskToken: MaskToken) => step(() => setDoc({ maskToken })),

    /** Another input resolution: edits of patches go to the patches at their places. @param side null: the model's own */
    setSide(side: number | null): void {
      const { model, doc, look } = store.getState()
      if (!model || !doc || side === doc.side) return
      step(() => {
        const { sequence, base, mask, problem } = toSide(doc, model, side)
        setDoc({ side, sequence, base, mask })
        const known = sequence.tokens.some((token) => token.key === look.query)
        if (!known) store.setState({ look: { ...look, query: sequence.tokens[0]?.key ?? 0, selection: [] } })
        // A run that is drawn takes the message before it away.
        if (problem) void core.idle().then(() => fail(problem))
      })
    },
    setCrop: (crop: Crop) => step(() => setDoc({ crop })),
    setStrokes: (strokes: readonly Stroke[]) => step(() => setDoc({ strokes })),

    /** A gesture under way: drawn and run, but no step of undo yet. */
    drag(change: Partial<VisionDoc>): void {
      if (!store.getState().draft) core.begin()
      store.setState({ draft: change })
    },
    /** Ends the gesture: one step of undo. */
    drop(): void {
      const state = store.getState()
      if (state.draft) core.commit({ doc: documentOf(state), draft: null })
    },

    undo(): void {
      store.setState({ draft: null })
      core.actions.undo()
    },

    /** Resolves once the newest edit is drawn. */
    settled: () => core.idle(),
  }
  return lab
}

/** What of a link's photos was not in it; one that is still here is not missed. */
function notIn(link: VisionLink, { photo, pinned }: Pick<VisionLabState, 'photo' | 'pinned'>): ClsroomError | null {
  const absent = absentFrom(link)
  if (absent === 'pinned' && pinned) return null
  const advice = 'Choose the photo again to see there what was done to the tokens; it is shown on a sample'
  const repin = 'Pin a run again to compare with it'
  if (absent === 'pinned')
    return new ClsroomError('input', 'The pinned run of this link is not in it', { advice: repin })
  if (absent === null || photo?.source !== 'sample') return null
  if (absent === 'photo') return new ClsroomError('input', 'The photo of this link is not in it', { advice })
  return new ClsroomError('input', 'The photo of this link and its pinned run are not in it', { advice })
}

/** The document that a link holds, on this model, and what of it could not be applied. */
function documentIn(link: NonNullable<VisionLink['pinned']>, model: LoadedModel) {
  const { layers, heads } = model.info
  const side = link.side === undefined ? null : nearestSide(model.info, link.side)
  const base = unedited(model, side)
  const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, base)
  const doc: VisionDoc = {
    model: model.id,
    sequence,
    base,
    mask,
    ablated: (link.ablated ?? []).filter(([layer, h]) => layer < layers && h < heads),
    positionTable: link.positionTable ?? { type: 'trained', interpolation: 'bicubic' },
    side,
    crop: link.crop ?? CENTRE,
    strokes: link.strokes ?? [],
    ...(model.info.reconstructs && link.maskToken && { maskToken: link.maskToken }),
  }
  return { doc, problem }
}

const merged = new WeakMap<Partial<VisionDoc>, VisionDoc>()

/** The document with the gesture under way; the same object as long as both are. */
function documentOf({ doc, draft }: Pick<VisionLabState, 'doc' | 'draft'>): VisionDoc | null {
  if (!doc || !draft) return doc
  const known = merged.get(draft)
  if (known) return known
  const whole = { ...doc, ...draft }
  merged.set(draft, whole)
  return whole
}
