/** The state of the memory lab's half for text: the document, the look, and the newest run. */

import { latest } from '../../../../engine/latest.ts'
import type { LoadedModel, ModelInfo } from '../../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../../engine/reader_protocol.ts'
import { type MaskSpec, type PaintedCell, paint } from '../../../../sequence/mask.ts'
import type { Sequence } from '../../../../sequence/token.ts'
import { loadFor } from '../../../../state/capabilities.ts'
import type { Engine } from '../../../../state/engine.ts'
import { createLabStore, type EditGroup, type LabState, NO_RUN } from '../../../../state/lab.ts'
import { newestOpening, type Step } from '../../../../state/opening.ts'
import { mapLookWithin } from '../../../shared/look.ts'
import { readTextFile, tooLong } from '../../../shared/text_file.ts'
import { decodeDoc, encodeDoc, type MemoryDoc, type MemoryModel, ordered, withSlots, withTexts } from './doc.ts'
import { MAX_TEXT } from './limits.ts'
import type { TextMemoryLink } from './link_schema.ts'
import { piecesOf } from './pieces.ts'
import { createReference } from './reference.ts'
import type { Replaced } from './replacement.ts'
import { type MemoryRun, runMemory } from './run.ts'

export interface MemoryLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colour scales end at the largest value that is shown, and not at 1. */
  fit: boolean
  /** Keys of the selected tokens; the first is the one whose row and column are read. */
  selection: number[]
  /** What painting a cell of the mask changes. */
  paint: 'layer' | 'all'
}

export interface TextMemoryState extends LabState<MemoryDoc, MemoryLook, MemoryRun> {
  tokenizer: TokenizerInfo | null
  /** What the text boxes show: ahead of `doc.texts` while the tokenizer works. */
  texts: string[]
}

export type TextMemory = ReturnType<typeof createTextMemory>

/** One fact, text that parts it from the question by more than the layers reach, and the question. */
export const FIRST_TEXTS: readonly string[] = [
  'tom has the key . the sun was warm and the children played in the garden . they had a little dog and it ran very fast around the big old tree .',
  'tom has the [MASK] .',
]

const LOOK: MemoryLook = { tool: '', layer: 0, head: 'mean', fit: false, selection: [], paint: 'all' }

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createTextMemory(engine: Engine, baseUrl: string) {
  const reference = createReference(engine, baseUrl)

  const core = createLabStore<MemoryRun, TextMemoryState>({
    initial: { model: null, tokenizer: null, texts: ['', ''], doc: null, look: LOOK, ...NO_RUN },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc }) => doc && [doc],
    async run({ model, doc, tokenizer, look }) {
      if (!model || !doc || !tokenizer) throw new Error('a run was asked for before a model was loaded')
      const made = { id: model.id, info: model.info, tokenizer }
      const memoryStates = doc.replaced ? await reference.statesFor(model, made, doc, doc.replaced) : undefined
      return runMemory(engine, model, doc, look.layer, { memoryStates })
    },
  })
  const { store, fail } = core

  const typing = latest<{ texts: string[]; group: EditGroup; length: number }, void>(
    tokenise,
    (_, { length }) => {
      if (length > MAX_TEXT) fail(tooLong(length, MAX_TEXT))
    },
    fail,
  )

  /** Turns the text boxes into pieces and fits them into the sequence; what was done by hand stays. */
  async function tokenise({ texts, group }: { texts: string[]; group: EditGroup }): Promise<void> {
    const before = memoryModel()
    if (!before) return
    const pieces = await piecesOf(engine, before, texts)
    const { doc } = store.getState()
    const model = memoryModel()
    if (!doc || !model || model.id !== before.id) return
    core.commit({ doc: withTexts(model, doc, texts, pieces) }, group)
  }

  function memoryModel(): MemoryModel | null {
    const { model, tokenizer } = store.getState()
    return model && tokenizer && { id: model.id, info: model.info, tokenizer }
  }

  /** One undoable edit, or a part of a stroke; what it throws is shown and changes nothing. */
  function change(edit: (doc: MemoryDoc) => MemoryDoc, strokeOf = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    try {
      const changed = edit(doc)
      core.begin(strokeOf)
      core.commit({ doc: changed })
    } catch (thrown) {
      fail(thrown)
    }
  }

  function travel(way: 'undo' | 'redo'): void {
    core.actions[way]()
    const { doc } = store.getState()
    if (doc) store.setState({ texts: doc.texts })
  }

  const lab = {
    store,
    ...core.actions,
    /** The recall task and what it needs. */
    reference,

    /** @throws ClsroomError when the model cannot be loaded */
    open: newestOpening(async (link: TextMemoryLink, step: Step): Promise<void> => {
      const model = await step(loadFor(engine, ['keeps memory'], link.model))
      const tokenizer = await step(engine.tokenizer(model))
      const made: MemoryModel = { id: model.id, info: model.info, tokenizer }
      const [text = '', second = ''] = link.texts ?? FIRST_TEXTS
      const texts = [text, second]
      const pieces = await step(piecesOf(engine, made, texts))
      const { doc, problem } = decodeDoc(made, link, texts, pieces)
      core.show(model, {
        tokenizer,
        texts,
        doc,
        look: lookOf(link.look, model.info, doc.sequence),
        problem: problem?.report() ?? null,
      })
      await step(core.idle())
    }),

    changed: (state: LabState, before: LabState) => state.doc !== before.doc || state.look !== before.look,

    /** @throws ClsroomError `tokenizer` where the model has none */
    async prepare(model: LoadedModel): Promise<void> {
      await engine.tokenizer(model)
    },

    /** Another model on the same texts, window and look; its memory starts as trained. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { selection: _, ...seen } = look
        const { rules } = doc.mask
        await lab.open({ lab: 'memory', shows: 'text', model: id, texts: doc.texts, tokens: { rules }, look: seen })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** What a permalink holds; null before a model is there. */
    link(): TextMemoryLink | null {
      const { doc, look } = store.getState()
      const model = memoryModel()
      if (!doc || !model) return null
      const places = new Map(doc.sequence.tokens.map((token, place) => [token.key, place]))
      const { selection, fit, paint: scope, ...rest } = look
      return {
        ...encodeDoc(model, doc),
        look: {
          ...rest,
          selected: selection.flatMap((key) => places.get(key) ?? []),
          ...(fit && { fit: true }),
          ...(scope !== LOOK.paint && { paint: scope }),
        },
      }
    },

    /** A text beyond what a link can hold is cut, and said so. */
    setText(segment: number, text: string): void {
      const texts = store.getState().texts.with(segment, text.slice(0, MAX_TEXT))
      store.setState({ texts })
      typing.request({ texts, group: core.begin('typing'), length: text.length })
    },

    /** Takes the first text from a file; one that is no text leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      try {
        lab.setText(0, await readTextFile(file, MAX_TEXT))
      } catch (thrown) {
        fail(thrown)
      }
    },

    /** Applies a pure edit of `sequence/edit.ts`; memory stays before the text. */
    edit: (edit: (sequence: Sequence) => Sequence) =>
      change((doc) => ({ ...doc, sequence: ordered(edit(doc.sequence)) })),
    /** So many memory tokens run. */
    setSlots: (count: number) => change((doc) => ({ ...doc, sequence: withSlots(doc.sequence, count) }), 'slots'),
    setMask: (mask: MaskSpec) => change((doc) => ({ ...doc, mask })),
    /** As `setMask`, by a slider: what goes on without a pause is one step of undo. */
    dragMask: (mask: MaskSpec) => change((doc) => ({ ...doc, mask }), 'mask'),
    paint: (cells: readonly PaintedCell[]) => change((doc) => ({ ...doc, mask: paint(doc.mask, cells) }), 'painting'),
    setAblated: (ablated: MemoryDoc['ablated']) => change((doc) => ({ ...doc, ablated })),
    setReplaced: (replaced: Replaced | null) => change((doc) => ({ ...doc, replaced })),
    undo: () => travel('undo'),
    redo: () => travel('redo'),

    /** Resolves once the newest edit is drawn. */
    async settled(): Promise<void> {
      await typing.idle()
      await core.idle()
    },
  }
  return lab
}

function lookOf(look: TextMemoryLink['look'], { layers, heads }: ModelInfo, sequence: Sequence): MemoryLook {
  return {
    tool: look?.tool ?? '',
    ...mapLookWithin({ layer: look?.layer ?? layers - 1, head: look?.head ?? 'mean' }, { layers, heads }),
    fit: look?.fit ?? false,
    paint: look?.paint ?? 'all',
    selection: (look?.selected ?? []).flatMap((place) => sequence.tokens[place]?.key ?? []),
  }
}
