/**
 * The lab's state: the document (doc.ts), the look, and the newest run. Edits change the document; a changed document runs: first
 * the model writes, unless the output is given, then one forward reads every map.
 */

import { ClsroomError } from '../../../core/errors.ts'
import { latest } from '../../../engine/latest.ts'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { type MaskSpec, type PaintedCell, paint } from '../../../sequence/mask.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type EditGroup, type LabState, NO_RUN } from '../../../state/lab.ts'
import { newestOpening, type Step } from '../../../state/opening.ts'
import { mapLookWithin } from '../../shared/look.ts'
import { readTextFile, tooLong } from '../../shared/text_file.ts'
import {
  type EncoderStates,
  type Seq2SeqDoc,
  type Seq2SeqModel,
  sourceOf,
  type Target,
  typedTarget,
  withText,
} from './doc.ts'
import { MAX_TEXT } from './limits.ts'
import { decodeDoc, encodeDoc, type Seq2SeqLink } from './link.ts'
import { piecesOf } from './pieces.ts'
import { type Layers, runSeq2Seq, type Seq2SeqRun } from './run.ts'
import type { Stage } from './stages.ts'

export interface HeadLook {
  layer: number
  head: number | 'mean'
}

export const SIDES = ['source', 'target'] as const
export type Side = (typeof SIDES)[number]

/** Keys of the selected tokens of each side; the first are the ones that are lit. */
export type Selection = Readonly<Record<Side, readonly number[]>>

export const NOTHING: Selection = { source: [], target: [] }

/** `layer` and `head` are the encoder's. */
export interface Seq2SeqLook extends HeadLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  decoder: HeadLook
  cross: HeadLook
  /** Colour scales end at the largest value that is shown, and not at 1. */
  fit: boolean
  selection: Selection
}

export interface Seq2SeqLabState extends LabState<Seq2SeqDoc, Seq2SeqLook, Seq2SeqRun> {
  tokenizer: TokenizerInfo | null
  /** What the text boxes show: ahead of the document while the tokenizer works. `target` is null where the model writes. */
  texts: { source: string; target: string | null }
}

export type { Seq2SeqDoc, Seq2SeqRun }
export type Seq2SeqLab = ReturnType<typeof createSeq2SeqLab>

const LOOK: Seq2SeqLook = {
  tool: '',
  layer: 0,
  head: 'mean',
  decoder: { layer: 0, head: 'mean' },
  cross: { layer: 0, head: 'mean' },
  fit: false,
  selection: NOTHING,
}

export function createSeq2SeqLab(engine: Engine) {
  const core = createLabStore<Seq2SeqRun, Seq2SeqLabState>({
    initial: {
      model: null,
      tokenizer: null,
      texts: { source: '', target: null },
      doc: null,
      look: LOOK,
      ...NO_RUN,
    },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc }) => doc && [doc],
    run({ model, tokenizer, doc, look }) {
      if (!model || !tokenizer || !doc) throw new Error('a run was asked for before a model was loaded')
      return runSeq2Seq(engine, { ...model, tokenizer }, doc, layersOf(look))
    },
  })
  const { store, fail } = core

  const typing = latest<{ side: Side; text: string; group: EditGroup; length: number }, void>(
    tokenise,
    (_, { length }) => {
      if (length > MAX_TEXT) fail(tooLong(length, MAX_TEXT))
    },
    fail,
  )

  /** Turns a text box into pieces: the source's fit into what stands there, the target's are given to the decoder. */
  async function tokenise({ side, text, group }: { side: Side; text: string; group: EditGroup }) {
    const model = ofModel()
    if (!model) return
    const pieces = await piecesOf(engine, model.id, model.tokenizer, text)
    const { doc } = store.getState()
    if (!doc || doc.model !== model.id) return
    const changed =
      side === 'source' ? withText(model, doc, text, pieces) : { ...doc, target: typedTarget(model, pieces) }
    // The boxes keep what has been typed since.
    core.commit({ doc: changed }, group)
  }

  function ofModel(): Seq2SeqModel | null {
    const { model, tokenizer } = store.getState()
    return model && tokenizer && { id: model.id, info: model.info, tokenizer }
  }

  const lab = {
    store,
    ...core.actions,

    look(change: Partial<Seq2SeqLook>): void {
      core.actions.look(change)
      const { doc, run, look } = store.getState()
      const { crossAttentions, attentions } = run?.result.decoder ?? {}
      const isRead = attentions?.[look.decoder.layer] && crossAttentions?.[look.cross.layer]
      // A large run reads back one layer a stage: a change of none of the document's parts asks for another.
      if (doc && run?.doc === doc && !isRead) store.setState({ doc: { ...doc } })
    },

    /**
     * Shows what a link holds: loads the model, tokenises the texts and applies the edits.
     * @throws ClsroomError when the model cannot be loaded
     */
    open: newestOpening(async (link: Seq2SeqLink, step: Step): Promise<void> => {
      const model = await step(loadFor(engine, ['rewrites text'], link.model))
      const tokenizer = await step(engine.tokenizer(model))
      const pieces = await step(piecesOf(engine, model.id, tokenizer, link.text))
      const other =
        link.states?.type === 'other' ? await step(piecesOf(engine, model.id, tokenizer, link.states.text)) : []
      const { doc, problem } = decodeDoc({ id: model.id, info: model.info, tokenizer }, link, pieces, other)
      core.show(model, {
        tokenizer,
        texts: { source: doc.text, target: null },
        doc,
        look: lookOf(link.look, model.info, doc),
        problem: problem?.report() ?? null,
      })
      await step(core.idle())
    }),

    changed: (state: LabState, before: LabState) => state.doc !== before.doc || state.look !== before.look,

    /** @throws ClsroomError `tokenizer` where the model has none */
    async prepare(model: LoadedModel): Promise<void> {
      await engine.tokenizer(model)
    },

    /** Another model on the same text; it writes anew. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { tool, layer, head, decoder, cross, fit } = look
        await lab.open({ lab: 'seq2seq', model: id, text: doc.text, look: { tool, layer, head, decoder, cross, fit } })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** What a permalink holds; null before a model is there. */
    link(): Seq2SeqLink | null {
      const { doc, look, run } = store.getState()
      if (!doc) return null
      const { tool, layer, head, decoder, cross, fit, selection } = look
      const selected = {
        source: placesIn(doc.source, selection.source),
        target: placesIn(doc.target?.sequence ?? run?.target, selection.target),
      }
      return {
        ...encodeDoc(doc),
        look: {
          tool,
          layer,
          head,
          decoder,
          cross,
          ...(fit && { fit }),
          ...(selected.source.length + selected.target.length > 0 && { selected }),
        },
      }
    },

    undo: () => travel('undo'),
    redo: () => travel('redo'),

    /** A text beyond what a link can hold is cut, and said so. A typed target is given to the decoder. */
    setText(side: Side, typed: string): void {
      const text = typed.slice(0, MAX_TEXT)
      store.setState(({ texts }) => ({ texts: { ...texts, [side]: text } }))
      typing.request({ side, text, group: core.begin(`typing ${side}`), length: typed.length })
    },

    /** Takes the source from a file; one that is no text leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      try {
        lab.setText('source', await readTextFile(file, MAX_TEXT))
      } catch (thrown) {
        fail(thrown)
      }
    },

    /** Applies a pure edit of `sequence/edit.ts` to the source. */
    editSource: (edit: (sequence: Sequence) => Sequence, strokeOf = '') =>
      change((doc) => ({ ...doc, source: withinLimit(edit(doc.source), ofModel()) }), strokeOf),

    /** The same for the target, which is given from then on. */
    editTarget: (edit: (sequence: Sequence) => Sequence) =>
      change((doc) => {
        const target = givenTarget(doc)
        return target ? { ...doc, target: { ...target, sequence: withinLimit(edit(target.sequence), ofModel()) } } : doc
      }),

    /** Gives the decoder a target, such as the one it wrote itself; null: it writes again. */
    setTarget: (sequence: Sequence | null) =>
      change((doc) => ({ ...doc, target: sequence && { base: sequence, sequence } })),

    /** Selects tokens of one side; those of the other stay where they are asked to. */
    select: (side: Side, keys: readonly number[], others: readonly number[] = []) =>
      lab.look({
        selection: { ...(side === 'source' ? { target: others } : { source: others }), [side]: keys } as Selection,
      }),

    setMask: (stage: Stage, mask: MaskSpec) => change((doc) => ({ ...doc, masks: { ...doc.masks, [stage]: mask } })),

    /** Paints cells of a mask; a stroke is one step of undo. What the decoder writes is held while its own cells are painted. */
    paint: (stage: Stage, cells: readonly PaintedCell[]) =>
      change(
        (doc) => ({
          ...doc,
          ...(stage !== 'encoder' && { target: givenTarget(doc) }),
          masks: { ...doc.masks, [stage]: paint(doc.masks[stage], cells) },
        }),
        'painting',
      ),

    /** What the decoder reads. @param states of another sentence by its text */
    async setStates(states: { type: 'own' | 'zeros' | 'mean' } | { type: 'other'; text: string }): Promise<void> {
      const model = ofModel()
      if (!model) return
      try {
        const own: EncoderStates =
          states.type === 'other'
            ? { ...states, source: sourceOf(model, await piecesOf(engine, model.id, model.tokenizer, states.text)) }
            : states
        change((doc) => ({ ...doc, states: own }), states.type === 'other' ? 'other sentence' : '')
      } catch (thrown) {
        fail(thrown)
      }
    },

    /** Resolves once the newest edit is drawn. */
    async settled(): Promise<void> {
      await typing.idle()
      await core.idle()
    },
  }
  return lab

  /** What is given, or what was written last. */
  function travel(way: 'undo' | 'redo'): void {
    core.actions[way]()
    const { doc } = store.getState()
    if (doc) store.setState({ texts: { source: doc.text, target: null } })
  }

  function givenTarget(doc: Seq2SeqDoc): Target | null {
    const { run } = store.getState()
    return doc.target ?? (run ? { base: run.target, sequence: run.target } : null)
  }

  /** One undoable edit, or a part of a stroke; what it throws is shown and changes nothing. */
  function change(edit: (doc: Seq2SeqDoc) => Seq2SeqDoc, strokeOf = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    try {
      const changed = edit(doc)
      core.begin(strokeOf)
      core.commit({ doc: changed })
      // What is done to tokens is not in the text that was typed: the box shows what the tokens say.
      if (changed.target !== doc.target) store.setState(({ texts }) => ({ texts: { ...texts, target: null } }))
    } catch (thrown) {
      fail(thrown)
    }
  }
}

export function layersOf({ layer, decoder, cross }: Pick<Seq2SeqLook, 'layer' | 'decoder' | 'cross'>): Layers {
  return { encoder: layer, decoder: decoder.layer, cross: cross.layer }
}

/** The head on screen at a stage. */
export function headOf(look: Pick<Seq2SeqLook, 'layer' | 'head' | 'decoder' | 'cross'>, stage: Stage): HeadLook {
  return stage === 'encoder' ? { layer: look.layer, head: look.head } : look[stage]
}

/** @throws ClsroomError `input` for more tokens than the model reads */
function withinLimit(sequence: Sequence, model: Seq2SeqModel | null): Sequence {
  const most = model?.info.maxTokens ?? 0
  const tokens = active(sequence).length
  if (tokens <= most) return sequence
  throw new ClsroomError('input', 'The sequence is too long for the model', {
    found: `${tokens} tokens`,
    expected: `1 to ${most}`,
    advice: 'Shorten the text or remove tokens',
  })
}

function lookOf(look: Seq2SeqLink['look'], { layers, heads, decoder }: ModelInfo, doc: Seq2SeqDoc): Seq2SeqLook {
  const within = (given: HeadLook | undefined, shape: { layers: number; heads: number }): HeadLook => {
    const { layer = 0, head = 'mean' } = given ?? {}
    return mapLookWithin({ layer, head }, shape)
  }
  const written = decoder ?? { layers, heads }
  const { source = [], target = [] } = look?.selected ?? {}
  const keysAt = (places: readonly number[], { tokens }: Sequence) =>
    places.flatMap((place) => tokens[place]?.key ?? [])
  return {
    tool: look?.tool ?? '',
    ...within(look, { layers, heads }),
    decoder: within(look?.decoder, written),
    cross: within(look?.cross, written),
    fit: look?.fit ?? false,
    selection: {
      source: keysAt(source, doc.source),
      // Of what the model writes, keys are places.
      target: doc.target ? keysAt(target, doc.target.sequence) : target,
    },
  }
}

function placesIn(sequence: Sequence | undefined, keys: readonly number[]): number[] {
  const places = new Map(sequence?.tokens.map(({ key }, place) => [key, place]))
  return keys.flatMap((key) => places.get(key) ?? [])
}
