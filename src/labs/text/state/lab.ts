/**
 * The text lab's state: the document (text_doc.ts), the look (what is selected and on screen), and the
 * newest run. Edits change the document; a changed document runs; views draw the run with the tokens it was made of.
 */

import type { Piece } from '../../../core/tokens.ts'
import { latest } from '../../../engine/latest.ts'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { TextFormat } from '../../../sequence/formats.ts'
import { type MaskSpec, type PaintedCell, paint } from '../../../sequence/mask.ts'
import type { PaddingSide } from '../../../sequence/padding.ts'
import type { Entry, Sequence } from '../../../sequence/token.ts'
import type { TruncationStrategy } from '../../../sequence/truncate.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type EditGroup, type LabState, NO_RUN } from '../../../state/lab.ts'
import { type IsNewest, newestOpening, type Step } from '../../../state/opening.ts'
import { mapLookWithin } from '../../shared/look.ts'
import { readTextFile, tooLong } from '../../shared/text_file.ts'
import {
  createDoc,
  cutToLimit,
  decodeDoc,
  encodeDoc,
  type TextDoc,
  type TextModel,
  withoutSegment,
  withSegment,
  withSeparator,
  withTexts,
} from './doc.ts'
import { MAX_TEXT } from './limits.ts'
import type { TextLink } from './link.ts'
import { BERT_MASKING, type MaskingPlan } from './masking_plan.ts'
import { runText, type TextRun } from './run.ts'

export interface TextLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Colour scales end at the largest value that is shown, and not at 1. */
  fit: boolean
  /** Keys of the selected tokens; the first is the one whose row and column are read. */
  selection: number[]
  /** What painting a cell of the mask changes: the layer on screen, or every layer. */
  paint: 'layer' | 'all'
  /** What the pooling tool compares; absent: its first example. */
  sentences?: string[]
  /** How the tool of masked words draws them. */
  masking: MaskingPlan
  /** Where the padding tool puts PAD. */
  padding: PaddingSide
}

export interface TextLabState extends LabState<TextDoc, TextLook, TextRun> {
  tokenizer: TokenizerInfo | null
  /** What the text boxes show: ahead of `doc.texts` while the tokenizer works. */
  texts: string[]
}

export type { TextDoc, TextRun }
export type TextLab = ReturnType<typeof createTextLab>

const LOOK: TextLook = {
  tool: '',
  layer: 0,
  head: 'mean',
  fit: false,
  selection: [],
  paint: 'all',
  masking: BERT_MASKING,
  padding: 'right',
}

export function createTextLab(engine: Engine) {
  const core = createLabStore<TextRun, TextLabState>({
    initial: {
      model: null,
      tokenizer: null,
      texts: [''],
      doc: null,
      look: LOOK,
      ...NO_RUN,
    },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc }) => doc && [doc],
    run({ model, doc, look }) {
      if (!model || !doc) throw new Error('a run was asked for before a model was loaded')
      return runText(engine, model, doc, { layer: look.layer })
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
    const { doc } = store.getState()
    const model = textModel()
    if (!doc || !model) return
    const pieces = await engine.pieces(doc.model, texts)
    const now = store.getState().doc
    if (!now || now.model !== doc.model || now.texts.length !== texts.length) return
    core.commit({ doc: withTexts(model, now, texts, pieces) }, group)
  }

  function textModel(): TextModel | null {
    const { model, tokenizer } = store.getState()
    return model && tokenizer && { id: model.id, maxTokens: model.info.maxTokens, tokenizer }
  }

  const lab = {
    store,
    ...core.actions,

    /**
     * Shows what a link holds: loads the model, tokenises the texts and applies the edits.
     * @throws ClsroomError when the model cannot be loaded
     */
    open: newestOpening(async (link: TextLink, step: Step, isNewest: IsNewest): Promise<void> => {
      const model = await step(loadFor(engine, ['reads text'], link.model))
      const tokenizer = await step(engine.tokenizer(model))
      const { layers, heads, maxTokens } = model.info
      const pieces = await step(engine.pieces(model.id, link.texts))
      const { doc, problem } = decodeDoc({ id: model.id, maxTokens, tokenizer, layers, heads }, link, pieces)
      core.show(model, {
        tokenizer,
        texts: doc.texts,
        doc,
        look: lookOf(link.look, model.info, doc.sequence),
        problem: problem?.report() ?? null,
      })
      await step(core.idle())
      if (link.pinned?.model === model.id) await step(repin(link.pinned, model, tokenizer, isNewest))
    }),

    changed: (state: LabState, before: LabState) =>
      state.doc !== before.doc || state.look !== before.look || state.pinned !== before.pinned,

    /** @throws ClsroomError `tokenizer` where the model has none */
    async prepare(model: LoadedModel): Promise<void> {
      await engine.tokenizer(model)
    },

    /** Another model on the same texts, looked at in the same way; its sequence starts unedited. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { texts, truncation, format } = doc
        await lab.open({ lab: 'text', model: id, texts, truncation, format, look: { ...look, selected: [] } })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** What a permalink holds; null before a model is there. */
    link(): TextLink | null {
      const { doc, look, tokenizer, pinned } = store.getState()
      if (!doc || !tokenizer) return null
      const places = new Map(doc.sequence.tokens.map((token, place) => [token.key, place]))
      const selected = look.selection.flatMap((key) => places.get(key) ?? [])
      return {
        ...encodeDoc(doc, { tokenizer }),
        ...(pinned && { pinned: encodeDoc(pinned.doc, { tokenizer }) }),
        look: {
          tool: look.tool,
          layer: look.layer,
          head: look.head,
          selected,
          ...(look.fit && { fit: true }),
          paint: look.paint,
          ...(look.masking !== LOOK.masking && { masking: look.masking }),
          ...(look.padding !== LOOK.padding && { padding: look.padding }),
          ...(look.sentences && { sentences: look.sentences }),
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

    addSegment: (text = '') => retype([text], (model, doc, [pieces = []]) => withSegment(model, doc, text, pieces)),

    removeSegment: (segment: number) => retype([], (model, doc) => withoutSegment(model, doc, segment)),

    /** Starts over with a format's examples, parted by the model's own separator. */
    openFormat(format: TextFormat): Promise<void> {
      const texts = format.segments.map(({ example }) => example)
      return retype(texts, (model, { truncation }, pieces) => {
        store.setState(({ look }) => ({ look: { ...look, selection: [] } })) // its keys belong to the old tokens
        return createDoc(model, texts, pieces, { truncation, format: format.id })
      })
    },

    setSeparator: (segment: number, separator: Entry) => change((doc) => withSeparator(doc, segment, separator)),
    setTruncation: (truncation: TruncationStrategy) => change((doc) => ({ ...doc, truncation })),

    /** Applies a pure edit of `sequence/edit.ts`. */
    edit: (edit: (sequence: Sequence) => Sequence) => change((doc) => ({ ...doc, sequence: edit(doc.sequence) })),
    /** As `edit`, by something that is dragged: what goes on without a pause is one step of undo. */
    drag: (edit: (sequence: Sequence) => Sequence) =>
      change((doc) => ({ ...doc, sequence: edit(doc.sequence) }), 'dragging'),

    setMask: (mask: MaskSpec) => change((doc) => ({ ...doc, mask })),
    /** Paints cells of the mask; a stroke is one step of undo. */
    paint: (cells: readonly PaintedCell[]) => change((doc) => ({ ...doc, mask: paint(doc.mask, cells) }), 'painting'),
    setAblated: (ablated: TextDoc['ablated']) => change((doc) => ({ ...doc, ablated })),
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
    pinned: NonNullable<TextLink['pinned']>,
    model: LoadedModel,
    tokenizer: TokenizerInfo,
    isNewest: IsNewest,
  ): Promise<void> {
    try {
      const { layers, heads, maxTokens } = model.info
      const pieces = await engine.pieces(model.id, pinned.texts)
      const { doc, problem } = decodeDoc({ id: model.id, maxTokens, tokenizer, layers, heads }, pinned, pieces)
      const run = await runText(engine, model, doc, { layer: store.getState().look.layer })
      if (!isNewest()) return
      lab.pin(run)
      if (problem) fail(problem)
    } catch (thrown) {
      if (isNewest()) fail(thrown)
    }
  }

  /** One undoable edit, or a part of a stroke; what it throws is shown and changes nothing. */
  function change(edit: (doc: TextDoc) => TextDoc, strokeOf = ''): void {
    const { doc } = store.getState()
    const model = textModel()
    if (!doc || !model) return
    try {
      const changed = cutToLimit(model, edit(doc))
      core.begin(strokeOf)
      core.commit({ doc: changed })
    } catch (thrown) {
      fail(thrown)
    }
  }

  /** One undoable edit of the texts themselves. @param texts those it needs as pieces */
  async function retype(
    texts: string[],
    edit: (model: TextModel, doc: TextDoc, pieces: Piece[][]) => TextDoc,
  ): Promise<void> {
    await typing.idle()
    const { doc } = store.getState()
    const model = textModel()
    if (!doc || !model) return
    try {
      const changed = edit(model, doc, await engine.pieces(doc.model, texts))
      core.begin()
      core.commit({ texts: changed.texts, doc: changed })
    } catch (thrown) {
      fail(thrown)
    }
  }

  function travel(way: 'undo' | 'redo'): void {
    core.actions[way]()
    const { doc } = store.getState()
    if (doc) store.setState({ texts: doc.texts })
  }
}

function lookOf(look: TextLink['look'], { layers, heads }: ModelInfo, sequence: Sequence): TextLook {
  return {
    tool: look?.tool ?? '',
    ...mapLookWithin({ layer: look?.layer ?? 0, head: look?.head ?? 'mean' }, { layers, heads }),
    fit: look?.fit ?? false,
    paint: look?.paint ?? 'all',
    masking: look?.masking ?? LOOK.masking,
    padding: look?.padding ?? LOOK.padding,
    ...(look?.sentences && { sentences: look.sentences }),
    selection: (look?.selected ?? []).flatMap((place) => sequence.tokens[place]?.key ?? []),
  }
}
