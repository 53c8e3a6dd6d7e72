/**
 * The mask studio's state: the document (doc.ts), the look (what is chosen and on screen), and the newest run. Edits change the document; a
 * changed document runs; views draw the run with the mask it was made of.
 */

import type { Piece } from '../../../core/tokens.ts'
import { latest } from '../../../engine/latest.ts'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { erase, type PaintedCell, paint } from '../../../sequence/mask.ts'
import type { Sequence } from '../../../sequence/token.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type EditGroup, type LabState, NO_RUN } from '../../../state/lab.ts'
import { type IsNewest, newestOpening, type Step } from '../../../state/opening.ts'
import { mapLookWithin } from '../../shared/look.ts'
import { readTextFile, tooLong } from '../../shared/text_file.ts'
import {
  cutToLimit,
  decodeDoc,
  encodeDoc,
  type MasksDoc,
  type MasksModel,
  masksModelOf,
  withNamed,
  withoutText,
  withPaint,
  withRules,
  withText,
  withTexts,
} from './doc.ts'
import { MAX_TEXT } from './limits.ts'
import type { MasksLink } from './link.ts'
import { LOOK, type MasksLook } from './look.ts'
import { namedMask } from './named.ts'
import type { RuleText } from './rules.ts'
import { type MasksRun, runMasks } from './run.ts'

export interface MasksLabState extends LabState<MasksDoc, MasksLook, MasksRun> {
  tokenizer: TokenizerInfo | null
  /** What the text boxes show: ahead of `doc.texts` while the tokenizer works. */
  texts: string[]
}

export type { MasksDoc, MasksRun }
export type MasksLab = ReturnType<typeof createMasksLab>

/** The lab's needs of a model. */
export const NEEDS = ['one stack of text'] as const

export function createMasksLab(engine: Engine) {
  const core = createLabStore<MasksRun, MasksLabState>({
    initial: { model: null, tokenizer: null, texts: [''], doc: null, look: LOOK, ...NO_RUN },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc }) => doc && [doc.model, doc.sequence, doc.mask],
    run({ model, doc, look }) {
      if (!model || !doc) throw new Error('a run was asked for before a model was loaded')
      return runMasks(engine, model, doc, look.layer)
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
    const model = masksModel()
    if (!model) return
    const pieces = await piecesOf(model, texts)
    const now = store.getState().doc
    if (!now || now.model !== model.id || now.texts.length !== texts.length) return
    core.commit({ doc: withTexts(model, now, texts, pieces) }, group)
  }

  /** Pieces with labels as people read them. */
  async function piecesOf({ id, tokenizer: { readable } }: MasksModel, texts: readonly string[]): Promise<Piece[][]> {
    const pieces = await engine.pieces(id, [...texts])
    if (!readable) return pieces
    return pieces.map((one) => one.map((piece) => ({ ...piece, label: readable[piece.id] ?? piece.label })))
  }

  function masksModel(): MasksModel | null {
    const { model, tokenizer } = store.getState()
    return model && tokenizer && masksModelOf(model, tokenizer)
  }

  const lab = {
    store,
    ...core.actions,

    /**
     * Shows what a link holds: loads the model, tokenises the texts, applies the edits and reads the rules.
     * @throws ClsroomError when the model cannot be loaded, or a rule is no formula
     */
    open: newestOpening(async (link: MasksLink, step: Step, isNewest: IsNewest): Promise<void> => {
      const loaded = await step(loadFor(engine, NEEDS, link.model))
      const tokenizer = await step(engine.tokenizer(loaded))
      const model = masksModelOf(loaded, tokenizer)
      const { doc, problem } = decodeDoc(model, link, await step(piecesOf(model, link.texts)))
      core.show(loaded, {
        tokenizer,
        texts: doc.texts,
        doc,
        look: lookOf(link.look, loaded.info, doc.sequence),
        problem: problem?.report() ?? null,
      })
      await step(core.idle())
      if (link.pinned?.model === model.id) await step(repin(model, loaded, link.pinned, isNewest))
    }),

    changed: (state: LabState, before: LabState) =>
      state.doc !== before.doc || state.look !== before.look || state.pinned !== before.pinned,

    /** @throws ClsroomError `tokenizer` where the model has none */
    async prepare(model: LoadedModel): Promise<void> {
      await engine.tokenizer(model)
    },

    /** Another model on the same texts, with the same rules; its sequence starts unedited. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { texts, rules } = doc
        await lab.open({ lab: 'masks', model: id, texts, rules: [...rules], look: { ...look, selected: [] } })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** What a permalink holds; null before a model is there. */
    link(): MasksLink | null {
      const { doc, look, pinned } = store.getState()
      if (!doc) return null
      const { selection, ...rest } = look
      const places = new Map(doc.sequence.tokens.map((token, place) => [token.key, place]))
      return {
        ...encodeDoc(doc),
        ...(pinned && { pinned: encodeDoc(pinned.doc) }),
        look: { ...rest, selected: selection.flatMap((key) => places.get(key) ?? []) },
      }
    },

    /** A text beyond what a link can hold is cut, and said so. */
    setText(text: number, typed: string): void {
      const texts = store.getState().texts.with(text, typed.slice(0, MAX_TEXT))
      store.setState({ texts })
      typing.request({ texts, group: core.begin('typing'), length: typed.length })
    },

    /** Takes the first text from a file; one that is no text leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      try {
        lab.setText(0, await readTextFile(file, MAX_TEXT))
      } catch (thrown) {
        fail(thrown)
      }
    },

    async addText(text = ''): Promise<void> {
      await typing.idle()
      const model = masksModel()
      if (!model) return
      try {
        const [pieces = []] = await piecesOf(model, [text])
        change((doc) => withText(model, doc, text, pieces))
        showTexts()
      } catch (thrown) {
        fail(thrown)
      }
    },

    async removeText(text: number): Promise<void> {
      await typing.idle()
      const model = masksModel()
      if (model) change((doc) => withoutText(model, doc, text))
      showTexts()
    },

    /** Applies a pure edit of `sequence/edit.ts`. */
    edit: (edit: (sequence: Sequence) => Sequence) =>
      change((doc) => withPaint({ ...doc, sequence: edit(doc.sequence) }, doc.mask.paint)),

    /** @param of the gesture: a drag of a slider is one step of undo */
    setRules(rules: readonly RuleText[], of = ''): void {
      const model = masksModel()
      if (model) change((doc) => withRules(model, doc, rules), of)
    },

    /** A mask by its name, with the tokens that it is about. */
    setNamed(id: string): void {
      const model = masksModel()
      const named = namedMask(id)
      if (!model || !named) return
      change((doc) => withNamed(model, doc, named))
      store.setState(({ look }) => ({ look: { ...look, named: id } }))
    },

    /** Opens or closes cells by hand. */
    paint: (cells: readonly PaintedCell[]) => change((doc) => withPaint(doc, paint(doc.mask, cells).paint)),
    /** Takes paint off cells, so that the rules show again. */
    erase: (cells: readonly Omit<PaintedCell, 'readable'>[]) =>
      change((doc) => withPaint(doc, erase(doc.mask, cells).paint)),
    clearPaint: () => change((doc) => withPaint(doc, [])),

    undo: () => travel('undo'),
    redo: () => travel('redo'),

    /** Resolves once the newest edit is drawn. */
    async settled(): Promise<void> {
      await typing.idle()
      await core.idle()
    },
  }
  return lab

  /** Runs what a link kept as A; nothing of A was computed elsewhere. */
  async function repin(
    model: MasksModel,
    loaded: LoadedModel,
    pinned: NonNullable<MasksLink['pinned']>,
    isNewest: IsNewest,
  ): Promise<void> {
    try {
      const { doc, problem } = decodeDoc(model, pinned, await piecesOf(model, pinned.texts))
      const run = await runMasks(engine, loaded, doc, store.getState().look.layer)
      if (!isNewest()) return
      lab.pin(run)
      if (problem) fail(problem)
    } catch (thrown) {
      if (isNewest()) fail(thrown)
    }
  }

  /** One undoable edit, or a part of a gesture; what it throws is shown and changes nothing. */
  function change(edit: (doc: MasksDoc) => MasksDoc, of = ''): void {
    const { doc } = store.getState()
    const model = masksModel()
    if (!doc || !model) return
    try {
      const changed = cutToLimit(model, edit(doc))
      core.begin(of)
      core.commit({ doc: changed })
    } catch (thrown) {
      fail(thrown)
    }
  }

  function showTexts(): void {
    const { doc } = store.getState()
    if (doc) store.setState({ texts: doc.texts })
  }

  function travel(way: 'undo' | 'redo'): void {
    core.actions[way]()
    showTexts()
  }
}

function lookOf(look: MasksLink['look'], { layers, heads }: ModelInfo, sequence: Sequence): MasksLook {
  const { selected = [], ...rest } = look ?? { layer: 0, head: 'mean' as const }
  return {
    ...LOOK,
    ...rest,
    ...mapLookWithin(rest, { layers, heads }),
    after: Math.min(rest.after ?? layers, layers),
    selection: selected.flatMap((place) => sequence.tokens[place]?.key ?? []),
  }
}
