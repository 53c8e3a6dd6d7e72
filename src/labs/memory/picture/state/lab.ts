/** The memory lab's picture half: the picture, the document (tasks, masks, memory), the look, and the newest run. */

import { createStore } from 'zustand/vanilla'
import { ClsroomError } from '../../../../core/errors.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { loadFor } from '../../../../state/capabilities.ts'
import type { Engine } from '../../../../state/engine.ts'
import { createLabStore, type LabState, NO_RUN } from '../../../../state/lab.ts'
import { newestOpening, type Step } from '../../../../state/opening.ts'
import { mapLookWithin } from '../../../shared/look.ts'
import { newestReading } from '../../../shared/newest_reading.ts'
import { photoOfCopy, photoOfFile } from '../../../shared/own_photo.ts'
import { type PictureDoc, presentTasks } from './doc.ts'
import { documentIn, encodePicture, isPhotoAbsent, type PictureLink } from './link.ts'
import { LOOK, type PictureLook } from './look.ts'
import { BASE, type Photo, type PictureRun, runPicture } from './run.ts'
import { loadAllSamples, readPictured, type Samples } from './samples.ts'

export interface PictureLabState extends LabState<PictureDoc, PictureLook, PictureRun> {
  photo: Photo | null
  /** A picture is being fetched or read. */
  reading: boolean
}

export type PictureMemory = ReturnType<typeof createPictureMemory>

export const FIRST_SAMPLE = 'fashion-7-1'

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createPictureMemory(engine: Engine, baseUrl: string) {
  const core = createLabStore<PictureRun, PictureLabState>({
    initial: { model: null, photo: null, reading: false, doc: null, look: LOOK, ...NO_RUN },
    undoable: ({ doc, photo }) => ({ doc, photo }),
    input: ({ doc, photo, model }) => doc && photo && model && [doc, photo],
    async run({ model, photo, doc }) {
      if (!model || !doc || !photo) throw new Error('a run was asked for before a model and a picture were there')
      return runPicture(engine, { model, doc, photo })
    },
  })
  const { store, fail } = core
  const samples = createStore<{ samples: Samples | null }>(() => ({ samples: null }))

  /** @param of edits of one name without a pause (a slider) are one step of undo */
  function setDoc(change: Partial<PictureDoc>, of = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin(of)
    core.commit({ doc: { ...doc, ...change } })
  }

  const { read } = newestReading({ onReading: (reading) => store.setState({ reading }), fail })
  /** @returns why it is not shown; null where it is, or another one was asked for */
  const show = (load: () => Promise<Photo>): Promise<unknown> =>
    read(load, async (photo) => {
      const isFirst = !store.getState().photo
      core.begin()
      core.commit({ photo, problem: null })
      if (isFirst) core.forget()
      await core.idle()
    })

  /** The sample pictures, once. @throws ClsroomError `fetch` where they cannot be had */
  async function allSamples(): Promise<Samples> {
    const here = samples.getState().samples
    if (here) return here
    const loaded = await loadAllSamples(engine, baseUrl)
    samples.setState({ samples: loaded })
    return loaded
  }

  async function sampled(id: string): Promise<Photo> {
    const { label, picture } = await readPictured(engine, await allSamples(), id)
    return { name: id, source: 'sample', picture, label }
  }

  /** @throws ClsroomError `image` for what no link of ours holds */
  async function copied(copy: string): Promise<Photo> {
    const shown = store.getState().photo
    if (shown?.copy === copy) return shown // the picture itself is still here, sharper than its copy
    return { ...(await photoOfCopy(engine, copy)), label: null }
  }

  async function openPhoto({ sample, photo: copy }: PictureLink): Promise<unknown> {
    const refused = sample === undefined && copy !== undefined ? await show(() => copied(copy)) : null
    if (sample !== undefined) return show(() => sampled(sample))
    if (refused || !store.getState().photo) return (await show(() => sampled(FIRST_SAMPLE))) ?? refused
    await core.idle()
    return refused
  }

  const lab = {
    store,
    ...core.actions,
    /** The samples that come with the page; null before the lab is opened. */
    samples,

    /** @throws ClsroomError when the model cannot be loaded */
    open: newestOpening(async (link: PictureLink, step: Step): Promise<void> => {
      const model = await step(loadFor(engine, ['keeps memory'], link.model))
      const { layers } = model.info
      const doc = documentIn(link, model.id, model.info)
      const look = { ...LOOK, ...(link.look ?? { layer: layers - 1 }) }
      core.show(model, {
        doc,
        look: {
          ...look,
          ...mapLookWithin(look, model.info),
          asker: look.asker === BASE || doc.tasks.includes(look.asker) ? look.asker : (doc.tasks[0] ?? BASE),
        },
        problem: null,
      })
      const refused = await step(openPhoto(link))
      const problem = refused ?? (isPhotoAbsent(link) && store.getState().photo?.source === 'sample' && notInLink())
      if (problem) fail(problem)
    }),

    changed(state: LabState, before: LabState): boolean {
      const [{ photo }, { photo: earlier }] = [state, before] as [PictureLabState, PictureLabState]
      const edited = state.doc !== before.doc || state.look !== before.look || photo !== earlier
      return edited && photo !== null && earlier !== null
    },

    /** A picture needs nothing beside the model. */
    prepare: async (_: LoadedModel): Promise<void> => {},

    /** Another model on the same picture, as it was trained. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        await lab.open({
          lab: 'memory',
          shows: 'picture',
          model: id,
          look: { ...look, layer: Number.MAX_SAFE_INTEGER },
        })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    link(): PictureLink | null {
      const { doc, look, photo, model } = store.getState()
      return doc && model && encodePicture(doc, model.info, photo, look)
    },

    /** Reads a picture that a person brought; one that cannot be read leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      await show(async () => ({ ...(await photoOfFile(engine, file)), label: null }))
    },

    async showSample(id: string): Promise<void> {
      await show(() => sampled(id))
    },

    /** The sample pictures. @throws ClsroomError `fetch` where they cannot be had */
    allSamples,

    setRules: (rules: Partial<Pick<PictureDoc, 'oldReadsNew' | 'tasksReadAll'>>) => setDoc(rules),
    setRows: (rows: number | null) => setDoc({ rows }, 'rows'),
    setMasked: (masked: PictureDoc['masked']) => setDoc({ masked }),
    setStarts: (starts: PictureDoc['starts']) => setDoc({ starts }),

    /** The tasks that are there, in the model's order. */
    setTasks(names: readonly string[]): void {
      const { model, look } = store.getState()
      if (!model) return
      const tasks = presentTasks(model.info, { tasks: names, rows: null }).map(({ name }) => name)
      if (look.asker !== BASE && !tasks.includes(look.asker)) core.actions.look({ asker: BASE })
      setDoc({ tasks })
    },

    /** Masks a memory row that is read, and the other way round. */
    toggleRow(task: string, row: number): void {
      const masked = store.getState().doc?.masked ?? []
      const rest = masked.filter((one) => one.task !== task || one.row !== row)
      setDoc({ masked: rest.length < masked.length ? rest : [...masked, { task, row }] })
    },

    /** Resolves once the newest edit is drawn. */
    settled: () => core.idle(),
  }
  return lab
}

function notInLink(): ClsroomError {
  return new ClsroomError('input', 'The picture of this link is not in it', {
    advice: 'Choose the picture again to see there what was done to the memory; it is shown on a sample',
  })
}
