/** The state of the picture half: the photo, the document (tokens, turn, rim, who reads whom), the look, and the newest run. */

import { ClsroomError } from '../../../../core/errors.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { decodeTokens } from '../../../../sequence/serialise.ts'
import type { Sequence } from '../../../../sequence/token.ts'
import { loadFor } from '../../../../state/capabilities.ts'
import type { Engine } from '../../../../state/engine.ts'
import { createLabStore, type LabState, NO_RUN } from '../../../../state/lab.ts'
import { newestOpening, type Step } from '../../../../state/opening.ts'
import { createListed } from '../../../shared/listed.ts'
import { mapLookWithin } from '../../../shared/look.ts'
import { newestReading } from '../../../shared/newest_reading.ts'
import { photoOfCopy, photoOfFile } from '../../../shared/own_photo.ts'
import { loadSamples, readSample, type Sample } from '../../../shared/samples/samples.ts'
import { encodePicture, isPhotoAbsent, type PictureLink } from './link.ts'
import { LOOK, type PictureLook } from './look.ts'
import { OPEN } from './reads.ts'
import { type Photo, type PictureDoc, type PictureRun, runPicture, unedited } from './run.ts'

export interface PictureLabState extends LabState<PictureDoc, PictureLook, PictureRun> {
  photo: Photo | null
  /** A picture is being fetched or read. */
  reading: boolean
}

export type PictureLab = ReturnType<typeof createPictureLab>

export const FIRST_PHOTO = 'automobile.jpg'

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createPictureLab(engine: Engine, baseUrl: string) {
  const core = createLabStore<PictureRun, PictureLabState>({
    initial: { model: null, photo: null, reading: false, doc: null, look: LOOK, ...NO_RUN },
    undoable: ({ doc, photo }) => ({ doc, photo }),
    input: ({ doc, photo, model }) => doc && photo && model && [doc, photo],
    async run({ model, photo, doc, look }) {
      if (!model || !doc || !photo) throw new Error('a run was asked for before a model and a picture were there')
      return runPicture(engine, { model, doc, photo, layer: look.layer })
    },
  })
  const { store, fail } = core
  const { store: samples, list } = createListed(() => loadSamples(baseUrl))

  /** @param of edits of one name without a pause (a drag) are one step of undo */
  function setDoc(change: Partial<PictureDoc>, of = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin(of)
    core.commit({ doc: { ...doc, ...change } })
  }

  const { read } = newestReading({ onReading: (reading) => store.setState({ reading }), fail })
  /** @returns why it is not shown; null where it is, or another one was asked for */
  const show = (load: () => Promise<Photo>, { opens = false } = {}): Promise<unknown> =>
    read(load, async (photo) => {
      const isFirst = !store.getState().photo
      core.begin()
      core.commit({ photo, problem: null })
      if (isFirst || opens) core.forget()
      await core.idle()
    })

  async function sampled(sample: Sample): Promise<Photo> {
    const picture = await engine.picture(await readSample(sample))
    return { name: sample.file, source: 'sample', picture, label: sample.label }
  }

  /** @throws ClsroomError `image` for what no link of ours holds */
  async function copied(copy: string): Promise<Photo> {
    const shown = store.getState().photo
    if (shown?.copy === copy) return shown // the picture itself is still here, sharper than its copy
    return { ...(await photoOfCopy(engine, copy)), label: null }
  }

  async function openPhoto(link: PictureLink): Promise<unknown> {
    const known = samples.getState().samples
    const sample = known.find(({ file }) => file === link.sample) ?? known.find(({ file }) => file === FIRST_PHOTO)
    const { photo: copy } = link
    const refused =
      link.sample === undefined && copy !== undefined ? await show(() => copied(copy), { opens: true }) : null
    if (sample && (link.sample !== undefined || refused || !store.getState().photo)) {
      await show(() => sampled(sample), { opens: true })
    } else await core.idle()
    return refused
  }

  const lab = {
    store,
    ...core.actions,
    /** The photos that come with the page; empty before the lab is opened. */
    samples,

    /** @throws ClsroomError when the model cannot be loaded */
    open: newestOpening(async (link: PictureLink, step: Step): Promise<void> => {
      const unlisted = await step(list())
      const model = await step(loadFor(engine, ['answers tasks'], link.model))
      const { layers } = model.info
      const { doc, problem } = documentIn(link, model)
      const { query = 0, ...look } = link.look ?? { layer: layers - 1, head: 'mean' as const }
      core.show(model, {
        doc,
        look: {
          ...LOOK,
          ...look,
          ...mapLookWithin(look, model.info),
          query: doc.sequence.tokens[query]?.key ?? 0,
        },
        problem: problem?.report() ?? null,
      })
      const refused = await step(openPhoto(link))
      // Without the samples the lab is there all the same: for a picture of one's own.
      if (unlisted) fail(unlisted)
      const missing = refused ?? (isPhotoAbsent(link) && store.getState().photo?.source === 'sample' && notInLink())
      if (missing) fail(missing)
    }),

    changed(state: LabState, before: LabState): boolean {
      const [{ photo }, { photo: earlier }] = [state, before] as [PictureLabState, PictureLabState]
      const edited = state.doc !== before.doc || state.look !== before.look || photo !== earlier
      return edited && photo !== null && earlier !== null
    },

    /** A picture needs nothing beside the model. */
    prepare: async (_: LoadedModel): Promise<void> => {},

    /** Another model on the same picture, turned and painted alike; its tokens start unedited. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { quarters, rim } = doc
        await lab.open({
          lab: 'tasks',
          half: 'picture',
          model: id,
          quarters,
          ...(rim && { rim }),
          look: { ...look, query: 0 },
        })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    link(): PictureLink | null {
      const { doc, look, photo } = store.getState()
      return doc && encodePicture(doc, photo, look)
    },

    /** Reads a picture that a person brought; one that cannot be read leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      await show(async () => ({ ...(await photoOfFile(engine, file)), label: null }))
    },

    async showSample(sample: Sample): Promise<void> {
      await show(() => sampled(sample))
    },

    /** A sample as a photo, for what runs over all of them. @throws ClsroomError `fetch` where it cannot be had */
    sampled,

    /** Asks for the samples again where they could not be listed; the first is shown where no photo is. */
    async listSamples(): Promise<void> {
      const unlisted = await list()
      if (unlisted) return fail(unlisted)
      lab.dismissProblem()
      const first = samples.getState().samples.find(({ file }) => file === FIRST_PHOTO)
      if (first && !store.getState().photo) await lab.showSample(first)
    },

    /** Applies a pure edit of `sequence/edit.ts`; what it throws is shown and changes nothing. */
    edit(change: (sequence: Sequence) => Sequence): void {
      const { doc } = store.getState()
      try {
        if (doc) setDoc({ sequence: change(doc.sequence) })
      } catch (thrown) {
        fail(thrown)
      }
    },
    setQuarters: (quarters: PictureDoc['quarters']) => setDoc({ quarters }),
    /** @param of the gesture: a drag of a slider is one step of undo */
    setRim: (rim: PictureDoc['rim'], of = '') => setDoc({ rim }, of),
    setReads: (reads: PictureDoc['reads']) => setDoc({ reads }),
    setAblated: (ablated: PictureDoc['ablated']) => setDoc({ ablated }),

    /** Resolves once the newest edit is drawn. */
    settled: () => core.idle(),
  }
  return lab
}

function notInLink(): ClsroomError {
  return new ClsroomError('input', 'The picture of this link is not in it', {
    advice: 'Choose the photo again to see there what was done to the tokens; it is shown on a sample',
  })
}

/** The document that a link holds, on this model, and what of it could not be applied. */
function documentIn(link: PictureLink, model: LoadedModel) {
  const { layers, heads } = model.info
  const base = unedited(model)
  const { sequence, problem } = decodeTokens(link.tokens ?? {}, base)
  const doc: PictureDoc = {
    model: model.id,
    sequence,
    base,
    quarters: link.quarters ?? 0,
    rim: link.rim ?? null,
    reads: { among: link.among ?? OPEN.among, patchesBlind: link.patchesBlind ?? OPEN.patchesBlind },
    ablated: (link.ablated ?? []).filter(([layer, head]) => layer < layers && head < heads),
  }
  return { doc, problem }
}
