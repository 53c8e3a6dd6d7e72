/**
 * The vision lab's state: the picture, the document (what a permalink and undo hold), the look, and the newest run.
 * Edits change the document; a changed document or picture runs; views draw the run with the tokens it was made of.
 */

import { temporal } from 'zundo'
import { createStore } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import { latest } from '../engine/latest.ts'
import type { ForwardRequest, ForwardResult, LoadedModel, ModelReference, PositionTable } from '../engine/protocol.ts'
import type { Picture } from '../engine/reader_protocol.ts'
import { toPixelValues } from '../loaders/image_resize.ts'
import { type MaskSpec, toMask } from '../sequence/mask.ts'
import { fromImage, type Grid, patchGrid } from '../sequence/patches.ts'
import { imageInput } from '../sequence/run_input.ts'
import { decodeTokens, encodeTokens } from '../sequence/serialise.ts'
import { active, type Sequence, type Token } from '../sequence/token.ts'
import { capturePlan } from './capture.ts'
import type { Engine } from './engine.ts'
import type { VisionLink } from './permalink.ts'
import type { Sample } from './samples.ts'

/** A picture with the name it is known by: a sample's file, or what a person brought. */
export interface Photo {
  name: string
  source: 'sample' | 'own'
  picture: Picture
}

export interface VisionDoc {
  model: string
  sequence: Sequence
  /** The unedited sequence: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
  positionTable: PositionTable
}

export interface VisionLook {
  /** The open tool. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Key of the token whose reading is laid over the photo. */
  query: number
  selection: number[]
}

export interface VisionRun {
  doc: VisionDoc
  photo: Photo
  grid: Grid
  tokens: Token[]
  positions: number[]
  /** The pixels the model read. */
  pixels: { dims: [number, number, number]; data: Float32Array }
  pooledRow: number
  result: ForwardResult
}

export interface VisionLabState {
  model: LoadedModel | null
  photo: Photo | null
  doc: VisionDoc | null
  look: VisionLook
  run: VisionRun | null
  problem: ErrorReport | null
}

export type VisionLab = ReturnType<typeof createVisionLab>

const HISTORY = 200

export function createVisionLab(engine: Engine) {
  const store = createStore<VisionLabState>()(
    temporal(
      (): VisionLabState => ({
        model: null,
        photo: null,
        doc: null,
        look: { tool: 'token', layer: 0, head: 'mean', query: 0, selection: [] },
        run: null,
        problem: null,
      }),
      { partialize: ({ doc }) => ({ doc }), equality: (a, b) => a.doc === b.doc, limit: HISTORY },
    ),
  )
  const fail = (thrown: unknown) => store.setState({ problem: reportOf(thrown) })

  const runs = latest<VisionLabState, VisionRun>(
    (state) => runVision(engine, state),
    (run) => store.setState({ run, problem: null }),
    (error) => store.setState({ run: null, problem: reportOf(error) }),
  )
  store.subscribe((state, before) => {
    const changed = state.doc !== before.doc || state.photo !== before.photo
    if (changed && state.doc && state.photo && state.model) runs.request(state)
  })

  function setDoc(change: Partial<VisionDoc>): void {
    const { doc } = store.getState()
    if (doc) store.setState({ doc: { ...doc, ...change } })
  }

  /** One undoable edit; what it throws is shown and changes nothing. */
  function step(edit: () => void): void {
    try {
      edit()
    } catch (thrown) {
      fail(thrown)
    }
  }

  /** The newest picture asked for wins, however long an older one takes to read. */
  let asked = 0
  async function show(read: () => Promise<ArrayBuffer>, photo: Omit<Photo, 'picture'>): Promise<void> {
    const mine = ++asked
    try {
      const picture = await engine.picture(await read())
      if (mine !== asked) return
      store.setState({ photo: { ...photo, picture }, problem: null })
      await runs.idle()
    } catch (thrown) {
      if (mine === asked) fail(thrown)
    }
  }

  return {
    store,

    /**
     * Shows what a link holds, before the photo that is there.
     * @param reference where the model comes from, when the link's id alone does not say (files)
     * @throws ClsroomError when the model cannot be loaded
     */
    async open(link: VisionLink, reference: ModelReference = link.model): Promise<void> {
      const model = await engine.load(reference)
      const { layers, heads, image } = model.info
      const base = fromImage(gridOf(model), image?.registers ?? 0)
      const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, base)
      const head = link.look?.head ?? 'mean'
      store.setState({
        model,
        doc: {
          model: model.id,
          sequence,
          base,
          mask,
          ablated: (link.ablated ?? []).filter(([layer, h]) => layer < layers && h < heads),
          positionTable: link.positionTable ?? { type: 'trained', interpolation: 'bicubic' },
        },
        look: {
          tool: link.look?.tool ?? 'token',
          layer: Math.min(link.look?.layer ?? layers - 1, layers - 1),
          head: head === 'mean' || head < heads ? head : 'mean',
          query: sequence.tokens[link.look?.query ?? 0]?.key ?? 0,
          selection: [],
        },
        problem: problem?.report() ?? null,
      })
      store.temporal.getState().clear()
      await runs.idle()
    },

    /** What a permalink holds; null before a model is there. A photo of one's own never leaves the machine. */
    link(): VisionLink | null {
      const { doc, look, photo } = store.getState()
      if (!doc) return null
      const query = doc.sequence.tokens.findIndex((token) => token.key === look.query)
      return {
        lab: 'vision',
        model: doc.model,
        ...(photo?.source === 'sample' && { sample: photo.name }),
        tokens: encodeTokens(doc.sequence, doc.mask, doc.base),
        ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
        positionTable: doc.positionTable,
        look: { tool: look.tool, layer: look.layer, head: look.head, query: Math.max(0, query) },
      }
    },

    /** Reads a picture that a person brought; one that cannot be read leaves the lab as it was and says why. */
    showFile: (file: File) => show(() => file.arrayBuffer(), { name: file.name || 'your picture', source: 'own' }),

    showSample: (sample: Sample) =>
      show(async () => (await fetch(sample.url)).arrayBuffer(), { name: sample.file, source: 'sample' }),

    /** Applies a pure edit of `sequence/edit.ts`. */
    edit(change: (sequence: Sequence) => Sequence): void {
      const { doc } = store.getState()
      if (doc) step(() => setDoc({ sequence: change(doc.sequence) }))
    },

    setMask: (mask: MaskSpec) => step(() => setDoc({ mask })),
    setAblated: (ablated: VisionDoc['ablated']) => step(() => setDoc({ ablated })),
    setPositionTable: (positionTable: PositionTable) => step(() => setDoc({ positionTable })),
    look(change: Partial<VisionLook>): void {
      store.setState(({ look }) => ({ look: { ...look, ...change } }))
      const state = store.getState()
      // A large run reads back one layer: another one is asked for again.
      if (state.run && !state.run.result.attentions[state.look.layer]) runs.request(state)
    },
    undo: () => store.temporal.getState().undo(),
    redo: () => store.temporal.getState().redo(),
    fail,
    dismissProblem: () => store.setState({ problem: null }),

    /** Resolves once the newest edit is drawn. */
    settled: () => runs.idle(),
  }
}

function gridOf({ info }: LoadedModel): Grid {
  const { size, patch } = info.image ?? { size: [0, 0] as const, patch: 1 }
  return patchGrid(size[0], size[1], patch)
}

async function runVision(engine: Engine, { model, doc, photo, look }: VisionLabState): Promise<VisionRun> {
  if (!model?.info.image || !doc || !photo)
    throw new Error('a run was asked for before a model and a picture were there')
  const { info } = model
  const pixels = toPixelValues(photo.picture, model.preprocessor)
  const tokens = active(doc.sequence)
  const input = imageInput(doc.sequence, {
    registers: model.info.image.registers,
    maxPositions: 1 + gridOf(model).rows * gridOf(model).columns,
  })
  const pooledRow = Math.max(
    0,
    tokens.findIndex((token) => token.kind === 'cls'),
  )
  const request: ForwardRequest = {
    model: model.id,
    input: {
      kind: 'image',
      pixels,
      sources: input.sources,
      positions: input.positions,
      extras: input.extras,
      positionTable: doc.positionTable,
    },
    mask: toMask(doc.sequence, doc.mask, info.layers),
    ablate: doc.ablated,
    capture: { attentions: capturePlan(info, tokens.length, look.layer), hiddenStates: true },
    pooledRow,
    contentRows: tokens.map((token) => (token.kind === 'patch' && token.status === 'read' ? 1 : 0)),
  }
  // The worker takes its own copy: the pixels stay here to be shown.
  const result = await engine.forward(request)
  return { doc, photo, grid: gridOf(model), tokens, positions: input.positions, pixels, pooledRow, result }
}
