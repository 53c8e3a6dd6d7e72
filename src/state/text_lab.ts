/**
 * The text lab's state: the document (what a permalink and undo hold), the look (what is selected and on screen), and the
 * newest run. Edits change the document; a changed document runs; views draw the run with the tokens it was made of.
 */

import { temporal } from 'zundo'
import { createStore } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import type { Piece, SpecialKind } from '../core/tokens.ts'
import { latest } from '../engine/latest.ts'
import type { ForwardRequest, ForwardResult, LoadedModel, ModelInfo, ModelReference } from '../engine/protocol.ts'
import type { TokenizerInfo } from '../engine/reader_protocol.ts'
import { type MaskSpec, toMask } from '../sequence/mask.ts'
import { textInput } from '../sequence/run_input.ts'
import { decodeTokens, encodeTokens } from '../sequence/serialise.ts'
import { appendSegment, fromSegments, removeSegment, retokenise, type SpecialIds } from '../sequence/text.ts'
import { active, type Entry, isContent, type Sequence, type Token } from '../sequence/token.ts'
import { capturePlan } from './capture.ts'
import type { Engine } from './engine.ts'
import type { TextLink } from './permalink.ts'

export interface TextDoc {
  model: string
  /** The text of each segment, as its pieces in the sequence were made from it. */
  texts: string[]
  sequence: Sequence
  /** The unedited sequence of the same texts: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
}

export interface TextLook {
  /** The open tool. */
  tool: string
  layer: number
  head: number | 'mean'
  /** Keys of the selected tokens; the first is the one whose row and column are read. */
  selection: number[]
}

/** A forward with everything it was made of: nothing on screen mixes two runs. */
export interface TextRun {
  doc: TextDoc
  /** The rows of the run. */
  tokens: Token[]
  positions: number[]
  segments: number[]
  /** Tokens whose position lay outside the model's table. */
  clamped: number[]
  /** Rows that have vocabulary logits: the [MASK]s. */
  mlmRows: number[]
  /** The row that the pooler read. */
  pooledRow: number
  result: ForwardResult
}

export interface TextLabState {
  model: LoadedModel | null
  tokenizer: TokenizerInfo | null
  /** What the text boxes show: ahead of `doc.texts` while the tokenizer works. */
  texts: string[]
  doc: TextDoc | null
  look: TextLook
  run: TextRun | null
  problem: ErrorReport | null
}

export type TextLab = ReturnType<typeof createTextLab>

const HISTORY = 200
/** Typing within this pause is one step of undo. */
const TYPING_PAUSE_MS = 1000

export function createTextLab(engine: Engine) {
  const store = createStore<TextLabState>()(
    temporal(
      (): TextLabState => ({
        model: null,
        tokenizer: null,
        texts: [''],
        doc: null,
        look: { tool: 'token', layer: 0, head: 'mean', selection: [] },
        run: null,
        problem: null,
      }),
      { partialize: ({ doc }) => ({ doc }), equality: (a, b) => a.doc === b.doc, limit: HISTORY },
    ),
  )
  const fail = (thrown: unknown) => store.setState({ problem: reportOf(thrown) })

  const runs = latest<TextDoc, TextRun>(
    (doc) => runText(engine, doc, store.getState()),
    (run) => store.setState({ run, problem: null }),
    (error) => store.setState({ run: null, problem: reportOf(error) }),
  )
  store.subscribe((state, before) => {
    if (state.doc && state.doc !== before.doc) runs.request(state.doc)
  })

  const typing = latest<string[], void>(
    (texts) => tokenise(texts),
    () => {},
    fail,
  )
  let lastTyped = 0

  /** Turns the text boxes into pieces and fits them into the sequence; what was done by hand stays. */
  async function tokenise(texts: string[]): Promise<void> {
    const { doc, tokenizer } = store.getState()
    if (!doc || !tokenizer) return
    const pieces = await engine.pieces(doc.model, texts)
    const now = store.getState().doc
    if (!now || now.model !== doc.model || now.texts.length !== texts.length) return
    const specials = specialIds(tokenizer)
    const sequence = pieces.reduce(
      (grown, segment, s) => (now.texts[s] === texts[s] ? grown : retokenise(grown, s, segment, specials)),
      now.sequence,
    )
    setDoc({ texts, sequence, base: baseSequence(pieces, tokenizer) })
  }

  function setDoc(change: Partial<TextDoc>): void {
    const { doc } = store.getState()
    if (doc) store.setState({ doc: { ...doc, ...change } })
  }

  /** Typing that goes on joins the undo step it began. */
  function joinTypingStep(): void {
    const now = performance.now()
    const history = store.temporal.getState()
    if (now - lastTyped < TYPING_PAUSE_MS) history.pause()
    else history.resume()
    lastTyped = now
  }

  return {
    store,

    /**
     * Shows what a link holds: loads the model, tokenises the texts and applies the edits.
     * @param reference where the model comes from, when the link's id alone does not say (files)
     * @throws ClsroomError when the model cannot be loaded
     */
    async open(link: TextLink, reference: ModelReference = link.model): Promise<void> {
      const model = await engine.load(reference)
      const tokenizer = await engine.tokenizer(model)
      const { texts } = link
      const base = baseSequence(await engine.pieces(model.id, texts), tokenizer)
      const { sequence, mask, problem } = decodeTokens(link.tokens ?? {}, base)
      const { layers, heads } = model.info
      const ablated = (link.ablated ?? []).filter(([layer, head]) => layer < layers && head < heads)
      store.setState({
        model,
        tokenizer,
        texts,
        doc: { model: model.id, texts, sequence, base, mask, ablated },
        look: lookOf(link.look, model.info, sequence),
        problem: problem?.report() ?? null,
      })
      store.temporal.getState().clear()
      await runs.idle()
    },

    /** What a permalink holds; null before a model is there. */
    link(): TextLink | null {
      const { doc, look } = store.getState()
      if (!doc) return null
      const places = new Map(doc.sequence.tokens.map((token, place) => [token.key, place]))
      const selected = look.selection.flatMap((key) => places.get(key) ?? [])
      return {
        lab: 'text',
        model: doc.model,
        texts: doc.texts,
        tokens: encodeTokens(doc.sequence, doc.mask, doc.base),
        ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
        look: { tool: look.tool, layer: look.layer, head: look.head, selected },
      }
    },

    setText(segment: number, text: string): void {
      const texts = store.getState().texts.with(segment, text)
      store.setState({ texts })
      joinTypingStep()
      typing.request(texts)
    },

    async addSegment(text = ''): Promise<void> {
      await typing.idle()
      const { doc, tokenizer } = store.getState()
      if (!doc || !tokenizer) return
      try {
        const [pieces = []] = await engine.pieces(doc.model, [text])
        const segment = { pieces, separator: specialEntry(tokenizer, 'sep') }
        const texts = [...doc.texts, text]
        store.setState({ texts })
        step(() =>
          setDoc({ texts, ...both(doc, (sequence) => appendSegment(sequence, segment, specialIds(tokenizer))) }),
        )
      } catch (thrown) {
        fail(thrown)
      }
    },

    async removeSegment(segment: number): Promise<void> {
      await typing.idle()
      const { doc } = store.getState()
      if (!doc) return
      const texts = doc.texts.toSpliced(segment, 1)
      store.setState({ texts })
      step(() => setDoc({ texts, ...both(doc, (sequence) => removeSegment(sequence, segment)) }))
    },

    /** Applies a pure edit of `sequence/edit.ts`. */
    edit(change: (sequence: Sequence) => Sequence): void {
      const { doc } = store.getState()
      if (doc) step(() => setDoc({ sequence: change(doc.sequence) }))
    },

    setMask: (mask: MaskSpec) => step(() => setDoc({ mask })),
    setAblated: (ablated: TextDoc['ablated']) => step(() => setDoc({ ablated })),
    look(change: Partial<TextLook>): void {
      store.setState(({ look }) => ({ look: { ...look, ...change } }))
      const { doc, run, look } = store.getState()
      // A large run reads back one layer: another one is asked for again.
      if (doc && run && !run.result.attentions[look.layer]) runs.request(doc)
    },

    undo: () => travel('undo'),
    redo: () => travel('redo'),

    fail,
    dismissProblem: () => store.setState({ problem: null }),

    /** Resolves once the newest edit is drawn. */
    async settled(): Promise<void> {
      await typing.idle()
      await runs.idle()
    },
  }

  /** One undoable edit; what it throws is shown and changes nothing. */
  function step(edit: () => void): void {
    store.temporal.getState().resume()
    lastTyped = 0
    try {
      edit()
    } catch (thrown) {
      fail(thrown)
    }
  }

  function travel(way: 'undo' | 'redo'): void {
    store.temporal.getState()[way]()
    const { doc } = store.getState()
    if (doc) store.setState({ texts: doc.texts })
  }
}

async function runText(engine: Engine, doc: TextDoc, { model, look }: TextLabState): Promise<TextRun> {
  if (!model) throw new Error('a run was asked for before a model was loaded')
  const { info } = model
  const { sequence } = doc
  const input = textInput(sequence, {
    vocabSize: info.vocabulary ?? 0,
    typeVocabSize: info.segmentTypes ?? 1,
    maxPositions: info.maxTokens,
  })
  const tokens = active(sequence)
  const mlmRows = tokens.flatMap((token, row) => (token.kind === 'mask' ? [row] : []))
  const pooledRow = Math.max(
    0,
    tokens.findIndex((token) => token.kind === 'cls'),
  )
  const request: ForwardRequest = {
    model: model.id,
    input: {
      kind: 'text',
      ids: input.ids,
      positions: input.positions,
      segments: input.segments,
      extras: input.extras,
      mlmRows,
    },
    mask: toMask(sequence, doc.mask, info.layers),
    ablate: doc.ablated,
    capture: { attentions: capturePlan(info, tokens.length, look.layer), hiddenStates: true, poolings: true },
    pooledRow,
    contentRows: tokens.map((token) => (isContent(token) && token.status === 'read' ? 1 : 0)),
  }
  const result = await engine.forward(request)
  const { positions, segments, clamped } = input
  return { doc, tokens, positions, segments, clamped, mlmRows, pooledRow, result }
}

function baseSequence(pieces: Piece[][], tokenizer: TokenizerInfo): Sequence {
  const separator = specialEntry(tokenizer, 'sep')
  const segments = pieces.map((segment) => ({ pieces: segment, separator }))
  return fromSegments(segments, specialEntry(tokenizer, 'cls'), specialIds(tokenizer))
}

/** A change of the texts themselves goes into the edited and the unedited sequence alike. */
function both(doc: TextDoc, change: (sequence: Sequence) => Sequence): Pick<TextDoc, 'sequence' | 'base'> {
  return { sequence: change(doc.sequence), base: change(doc.base) }
}

function lookOf(look: TextLink['look'], { layers, heads }: ModelInfo, sequence: Sequence): TextLook {
  const head = look?.head ?? 'mean'
  return {
    tool: look?.tool ?? 'token',
    layer: Math.min(look?.layer ?? 0, layers - 1),
    head: head === 'mean' || head < heads ? head : 'mean',
    selection: (look?.selected ?? []).flatMap((place) => sequence.tokens[place]?.key ?? []),
  }
}

/** The trained entry of a special kind; one the vocabulary lacks starts at zeros and is marked untrained. */
export function specialEntry({ specials }: TokenizerInfo, kind: SpecialKind): Entry {
  const trained = specials[kind as keyof TokenizerInfo['specials']]
  if (trained) return { kind, id: trained.id, label: trained.label }
  return { kind, id: null, label: `[${kind.toUpperCase()}]`, start: { type: 'normal', seed: 1, std: 0.02 } }
}

function specialIds({ specials }: TokenizerInfo): SpecialIds {
  return new Map(Object.entries(specials).map(([kind, entry]) => [entry.id, kind as SpecialKind]))
}
