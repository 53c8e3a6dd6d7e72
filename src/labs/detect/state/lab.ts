/** The detect lab's state: the picture, the document (queries, masks, drawings), the look, and the newest run. */

import { ClsroomError } from '../../../core/errors.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { Picture } from '../../../loaders/image_resize.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type LabState, NO_RUN } from '../../../state/lab.ts'
import { type IsNewest, newestOpening, type Step } from '../../../state/opening.ts'
import { createCamera } from '../../shared/camera.ts'
import { createListed } from '../../shared/listed.ts'
import { mapLookWithin } from '../../shared/look.ts'
import { newestReading } from '../../shared/newest_reading.ts'
import { photoOfCopy, photoOfFile } from '../../shared/own_photo.ts'
import { t as shared } from '../../shared/words/words.ts'
import { type DetectLink, encodeDetect, isPhotoAbsent } from './link.ts'
import { type DetectLook, LOOK } from './look.ts'
import { closableOf, type Query, trainedQueries } from './queries.ts'
import { type DetectDoc, type DetectRun, type Photo, queryStack, runDetect } from './run.ts'
import type { Piece } from './scene.ts'
import { drawingsUrl, loadScenes, readPicture, type Scene } from './scenes.ts'

export interface DetectLabState extends LabState<DetectDoc, DetectLook, DetectRun> {
  photo: Photo | null
  /** A picture is being fetched or read. */
  reading: boolean
  /** The sheet of drawings, once a piece needs it. */
  drawings: Picture | null
}

export type DetectLab = ReturnType<typeof createDetectLab>

export const FIRST_SCENE = 'scene-05.png'
/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createDetectLab(engine: Engine, baseUrl: string) {
  const core = createLabStore<DetectRun, DetectLabState>({
    initial: { model: null, photo: null, reading: false, drawings: null, doc: null, look: LOOK, ...NO_RUN },
    // The frames of a camera are no edits.
    undoable: ({ doc, photo }) => (photo?.source === 'camera' ? { doc } : { doc, photo }),
    input: ({ doc, photo, model, drawings }) =>
      doc && photo && model && (doc.pieces.length === 0 || drawings) && [doc, photo],
    async run({ model, photo, doc, drawings, look }) {
      if (!model || !doc || !photo) throw new Error('a run was asked for before a model and a picture were there')
      return runDetect(engine, { model, doc, photo, drawings, layer: look.layer })
    },
    // Of few queries every map of a decoder is read back.
    hasMaps: ({ result, model }, { layer }) => layer >= queryStack(model.info).shared || !!result.attentions[layer],
  })
  const { store, fail } = core
  const { store: scenes, list } = createListed(() => loadScenes(baseUrl))

  /** @param of edits of one name without a pause (a drag) are one step of undo */
  function setDoc(change: Partial<DetectDoc>, of = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin(of)
    core.commit({ doc: { ...doc, ...change } })
  }

  /** @param keeps whether the drawings belong to this picture */
  function place(photo: Photo, keeps: boolean): void {
    const { doc, photo: before } = store.getState()
    core.begin()
    core.commit({ photo, doc: doc && !keeps ? { ...doc, pieces: [] } : doc, problem: null })
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

  async function photoOf({ file, url, objects }: Scene): Promise<Photo> {
    return { name: file, source: 'sample', objects, picture: await engine.picture(await readPicture(url)) }
  }

  /** @throws ClsroomError `image` for what no link of ours holds */
  async function copied(copy: string): Promise<Photo> {
    const shown = store.getState().photo
    if (shown?.copy === copy) return shown // the picture itself is still here, sharper than its copy
    return photoOfCopy(engine, copy)
  }

  async function openPhoto(link: DetectLink): Promise<unknown> {
    const known = scenes.getState().samples
    const scene = known.find(({ file }) => file === link.sample) ?? known.find(({ file }) => file === FIRST_SCENE)
    const { photo: copy } = link
    const refused =
      link.sample === undefined && copy !== undefined ? await show(() => copied(copy), { keeps: true }) : null
    if (scene && (link.sample !== undefined || refused || !store.getState().photo)) {
      await show(() => photoOf(scene), { keeps: !refused })
    } else await core.idle()
    return refused
  }

  /** Runs what a link kept as pinned, where its picture is here; nothing of it was computed elsewhere. */
  async function repin(
    pinned: NonNullable<DetectLink['pinned']>,
    model: LoadedModel,
    isNewest: IsNewest,
  ): Promise<void> {
    try {
      const scene = scenes.getState().samples.find(({ file }) => file === pinned.sample)
      const photo = scene ? await photoOf(scene) : pinned.same ? store.getState().photo : null
      if (!photo) throw pinnedNotInLink()
      const { look, drawings } = store.getState()
      const run = await runDetect(engine, { model, doc: documentIn(pinned, model), photo, drawings, layer: look.layer })
      if (isNewest()) core.actions.pin(run)
    } catch (thrown) {
      if (isNewest()) fail(thrown)
    }
  }

  /** The sheet of drawings, once. */
  async function draw(): Promise<Picture> {
    const known = store.getState().drawings
    if (known) return known
    const drawings = await engine.picture(await readPicture(drawingsUrl(baseUrl)))
    store.setState({ drawings })
    return drawings
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
    /** The live source; any other picture ends it. */
    camera,
    /** The scenes that come with the page; empty before the lab is opened. */
    scenes,

    /** @throws ClsroomError when the model cannot be loaded */
    open: newestOpening(async (link: DetectLink, step: Step, isNewest: IsNewest): Promise<void> => {
      const unlisted = await step(list())
      const model = await step(loadFor(engine, ['detects objects'], link.model))
      if (link.pieces?.length || link.pinned?.pieces?.length) await step(draw())
      const stack = queryStack(model.info)
      const doc = documentIn(link, model)
      const look = { ...LOOK, ...(link.look ?? { layer: stack.layers - 1 }) }
      core.show(model, {
        doc,
        look: {
          ...look,
          ...mapLookWithin(look, stack),
          query: Math.min(look.query, Math.max(0, doc.queries.length - 1)),
        },
        problem: null,
      })
      const refused = await step(openPhoto(link))
      if (unlisted) fail(unlisted)
      if (link.pinned?.model === model.id && !(refused && link.pinned.same))
        await step(repin(link.pinned, model, isNewest))
      const problem = refused ?? (isPhotoAbsent(link) && store.getState().photo?.source === 'sample' && notInLink())
      if (problem) fail(problem)
    }),

    changed(state: LabState, before: LabState): boolean {
      const [{ photo }, { photo: earlier }] = [state, before] as [DetectLabState, DetectLabState]
      const edited =
        state.pinned !== before.pinned || state.doc !== before.doc || state.look !== before.look || photo !== earlier
      return edited && photo !== null && earlier !== null
    },

    /** A picture needs nothing beside the model. */
    prepare: async (_: LoadedModel): Promise<void> => {},

    /** Another model on the same picture and drawings; its queries start as trained. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { layer: _, ...kept } = look
        await lab.open({
          lab: 'detect',
          model: id,
          pieces: [...doc.pieces],
          look: { ...kept, layer: Number.MAX_SAFE_INTEGER, query: 0 },
        })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    link(): DetectLink | null {
      const { doc, look, photo, pinned } = store.getState()
      return doc && encodeDetect(doc, photo, look, pinned)
    },

    /** Reads a picture that a person brought; one that cannot be read leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      await show(() => photoOfFile(engine, file))
    },

    async showScene(scene: Scene): Promise<void> {
      await show(() => photoOf(scene))
    },

    setQueries: (queries: readonly Query[]) => setDoc({ queries }),
    setClosed: (closed: DetectDoc['closed']) => setDoc({ closed }),

    /** @param of the gesture: a drag is one step of undo */
    async setPieces(pieces: readonly Piece[], of = ''): Promise<void> {
      try {
        await draw()
        setDoc({ pieces }, of)
      } catch (thrown) {
        fail(thrown)
      }
    },

    /** The sheet of drawings. @throws ClsroomError `fetch` where it cannot be had */
    draw,

    /** Resolves once the newest edit is drawn. */
    settled: () => core.idle(),
  }
  return lab
}

function notInLink(): ClsroomError {
  return new ClsroomError('input', 'The picture of this link is not in it', {
    advice: 'Choose the picture again to see there what was done to the queries; it is shown on a sample scene',
  })
}

function pinnedNotInLink(): ClsroomError {
  return new ClsroomError('input', 'The pinned run of this link is not in it', {
    advice: 'Pin a run again to compare with it',
  })
}

/** The document that a link holds, on this model: queries that it lacks are left out. */
function documentIn(
  { queries, closed, pieces }: NonNullable<DetectLink['pinned']>,
  { id, info }: LoadedModel,
): DetectDoc {
  const trained = info.detects?.queries ?? 0
  const there = closableOf(info)
  return {
    model: id,
    queries: queries?.filter(({ of }) => of < trained) ?? trainedQueries(trained),
    closed: (closed ?? []).filter((part) => there.includes(part)),
    pieces: pieces ?? [],
  }
}
