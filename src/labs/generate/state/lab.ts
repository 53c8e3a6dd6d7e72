/**
 * The Generate lab's state: the document (doc.ts), the look (what is selected and on screen), the newest run, and the writing that goes on.
 * A token is written as an edit like any other: the changed document runs, and only its new rows are computed (run.ts).
 */

import { latest } from '../../../engine/latest.ts'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { Sampling } from '../../../engine/sampling.ts'
import { type MaskSpec, type PaintedCell, paint } from '../../../sequence/mask.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
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
  type GenerateDoc,
  type GenerateModel,
  generateModelOf,
  isFull,
  SAMPLING,
  withoutWritten,
  withText,
  withWritten,
} from './doc.ts'
import { MAX_PROMPT, MAX_SEED } from './limits.ts'
import type { GenerateLink } from './link.ts'
import { nextToken } from './next_token.ts'
import { type GenerateRun, runGenerate } from './run.ts'

export interface GenerateLook {
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
}

/** How fast was written: tokens over wall time, what is drawn between them included. */
export interface Pace {
  tokens: number
  ms: number
}

/** Why writing is over: the text ended itself, or the model reads no more. */
export type Ended = 'eos' | 'full'

export interface GenerateLabState extends LabState<GenerateDoc, GenerateLook, GenerateRun> {
  tokenizer: TokenizerInfo | null
  /** What the text box shows: ahead of `doc.prompt` while the tokenizer works. */
  prompt: string
  writing: boolean
  /** Of the last time that was written. */
  pace: Pace | null
}

export type { GenerateDoc, GenerateRun }
export type GenerateLab = ReturnType<typeof createGenerateLab>

const LOOK: GenerateLook = { tool: '', layer: 0, head: 'mean', fit: false, selection: [], paint: 'all' }

/** The lab's needs of a model. */
export const NEEDS = ['continues text'] as const

export function createGenerateLab(engine: Engine) {
  const core = createLabStore<GenerateRun, GenerateLabState>({
    initial: {
      model: null,
      tokenizer: null,
      prompt: '',
      doc: null,
      look: LOOK,
      writing: false,
      pace: null,
      ...NO_RUN,
    },
    undoable: ({ doc }) => ({ doc }),
    // How the next token is drawn asks for no run.
    input: ({ doc }) => doc && [doc.model, doc.sequence, doc.mask, doc.ablated],
    run({ model, doc, look }): Promise<GenerateRun> {
      if (!model || !doc) throw new Error('a run was asked for before a model was loaded')
      // Rows of what is on screen by now are taken over.
      const earlier: GenerateRun | null = store.getState().run
      return runGenerate(engine, model, doc, { layer: look.layer }, earlier)
    },
  })
  const { store, fail } = core

  const typing = latest<{ prompt: string; group: EditGroup; length: number }, void>(
    tokenise,
    (_, { length }) => {
      if (length > MAX_PROMPT) fail(tooLong(length, MAX_PROMPT))
    },
    fail,
  )

  /** Turns the text box into pieces and fits them into the sequence; what was done by hand stays. */
  async function tokenise({ prompt, group }: { prompt: string; group: EditGroup }): Promise<void> {
    const { doc } = store.getState()
    const model = generateModel()
    if (!doc || !model) return
    const pieces = await piecesOf(doc.model, prompt, model.tokenizer)
    const now = store.getState().doc
    if (!now || now.model !== doc.model) return
    core.commit({ doc: withText(model, now, prompt, pieces) }, group)
  }

  /** Pieces with labels as people read them. */
  async function piecesOf(model: string, text: string, { readable }: TokenizerInfo) {
    const [pieces = []] = await engine.pieces(model, [text])
    return readable ? pieces.map((piece) => ({ ...piece, label: readable[piece.id] ?? piece.label })) : pieces
  }

  function generateModel(): GenerateModel | null {
    const { model, tokenizer } = store.getState()
    return model && tokenizer && generateModelOf(model, tokenizer)
  }

  /** The writing under way; another object, or none, once it was stopped. */
  let pen: object | null = null

  function stop(): void {
    pen = null
    if (store.getState().writing) store.setState({ writing: false })
  }

  /** Writes up to `count` tokens, one a run, as one step of undo, until the text ends, is full, or somebody stops it. */
  async function write(count: number): Promise<void> {
    stop()
    await typing.idle()
    const mine = {}
    pen = mine
    store.setState({ writing: true })
    const group = core.begin()
    const began = performance.now()
    try {
      for (let tokens = 0; tokens < count; tokens++) {
        await core.idle()
        if (pen !== mine || !writeNext(group)) break
        await core.idle()
        store.setState({ pace: { tokens: tokens + 1, ms: performance.now() - began } })
        await nextTask() // the page draws it
      }
    } finally {
      if (pen === mine) stop()
    }
  }

  /** @returns whether there is a run to go on from, and room */
  function writeNext(group: EditGroup, chosen?: number): boolean {
    const { run, doc, asked, shown } = store.getState()
    const model = generateModel()
    if (!run || !doc || !model || asked !== shown || endOf(model, doc) !== null) return false
    const written =
      chosen === undefined ? { id: nextToken(run, doc).draw.token, seed: doc.seed } : { id: chosen, seed: null }
    core.commit({ doc: withWritten(model, doc, written) }, group)
    return true
  }

  const lab = {
    store,
    ...core.actions,

    /**
     * Shows what a link holds: loads the model, tokenises the prompt and applies the edits.
     * @throws ClsroomError when the model cannot be loaded
     */
    open: newestOpening(async (link: GenerateLink, step: Step, isNewest: IsNewest): Promise<void> => {
      stop()
      const model = await step(loadFor(engine, NEEDS, link.model))
      const tokenizer = await step(engine.tokenizer(model))
      const pieces = await step(piecesOf(model.id, link.prompt, tokenizer))
      const { doc, problem } = decodeDoc(knownOf(model, tokenizer), link, pieces)
      core.show(model, {
        tokenizer,
        prompt: doc.prompt,
        doc,
        look: lookOf(link.look, model.info, doc.sequence),
        pace: null,
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

    /** Another model on the same prompt, looked at in the same way; its sequence starts unedited. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { prompt, sampling, seed } = doc
        await lab.open({ lab: 'generate', model: id, prompt, sampling, seed, look: { ...look, selected: [] } })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** What a permalink holds; null before a model is there. */
    link(): GenerateLink | null {
      const { doc, look, pinned } = store.getState()
      if (!doc) return null
      const places = new Map(doc.sequence.tokens.map((token, place) => [token.key, place]))
      const selected = look.selection.flatMap((key) => places.get(key) ?? [])
      return {
        ...encodeDoc(doc),
        ...(pinned && { pinned: encodeDoc(pinned.doc) }),
        look: {
          tool: look.tool,
          layer: look.layer,
          head: look.head,
          selected,
          ...(look.fit && { fit: true }),
          paint: look.paint,
        },
      }
    },

    /** A text beyond what a link can hold is cut, and said so. */
    setPrompt(text: string): void {
      stop()
      const prompt = text.slice(0, MAX_PROMPT)
      store.setState({ prompt })
      typing.request({ prompt, group: core.begin('typing'), length: text.length })
    },

    /** Takes the prompt from a file; one that is no text leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      try {
        lab.setPrompt(await readTextFile(file, MAX_PROMPT))
      } catch (thrown) {
        fail(thrown)
      }
    },

    write,
    stop,
    leave: stop,
    /** Writes a candidate of one's own choice. */
    accept(id: number): void {
      stop()
      writeNext(core.begin(), id)
    },
    /** Writes tokens of one's own choice behind the first `kept` that were written, as one step of undo. */
    writeBehind(kept: number, ids: readonly number[]): void {
      const model = generateModel()
      if (!model) return
      change((doc) =>
        ids.reduce((longer, id) => withWritten(model, longer, { id, seed: null }), withoutWritten(doc, kept)),
      )
    },
    /** Takes what was written back, from a place on; the last token by default. */
    takeBack(from?: number): void {
      change((doc) => withoutWritten(doc, from ?? Math.max(0, doc.written.length - 1)))
    },
    /** The next seed, for the draw that comes. */
    redraw: () => change((doc) => ({ ...doc, seed: doc.seed === MAX_SEED ? 0 : doc.seed + 1 })),
    setSeed: (seed: number) => change((doc) => ({ ...doc, seed }), 'seed'),
    setSampling: (sampling: Partial<Required<Sampling>>) =>
      change(
        (doc) => ({ ...doc, sampling: { ...doc.sampling, ...sampling } }),
        `sampling ${Object.keys(sampling).join()}`,
      ),
    resetSampling: () => change((doc) => ({ ...doc, sampling: SAMPLING })),

    /** Applies a pure edit of `sequence/edit.ts`. */
    edit: (edit: (sequence: Sequence) => Sequence) => change((doc) => ({ ...doc, sequence: edit(doc.sequence) })),
    /** As `edit`, by something that is dragged: what goes on without a pause is one step of undo. */
    drag: (edit: (sequence: Sequence) => Sequence) =>
      change((doc) => ({ ...doc, sequence: edit(doc.sequence) }), 'dragging'),

    setMask: (mask: MaskSpec) => change((doc) => ({ ...doc, mask })),
    /** Paints cells of the mask; a stroke is one step of undo. */
    paint: (cells: readonly PaintedCell[]) => change((doc) => ({ ...doc, mask: paint(doc.mask, cells) }), 'painting'),
    setAblated: (ablated: GenerateDoc['ablated']) => change((doc) => ({ ...doc, ablated })),
    undo: () => travel('undo'),
    redo: () => travel('redo'),

    /** Resolves once the newest edit is drawn, and nothing is written any more. */
    async settled(): Promise<void> {
      await typing.idle()
      await core.idle()
    },
  }
  return lab

  async function repin(
    pinned: NonNullable<GenerateLink['pinned']>,
    model: LoadedModel,
    tokenizer: TokenizerInfo,
    isNewest: IsNewest,
  ): Promise<void> {
    try {
      const pieces = await piecesOf(model.id, pinned.prompt, tokenizer)
      const { doc, problem } = decodeDoc(knownOf(model, tokenizer), pinned, pieces)
      const { look, run: newest } = store.getState()
      const run = await runGenerate(engine, model, doc, { layer: look.layer }, newest)
      if (!isNewest()) return
      lab.pin(run)
      if (problem) fail(problem)
    } catch (thrown) {
      if (isNewest()) fail(thrown)
    }
  }

  /** One undoable edit, or a part of a stroke; what it throws is shown and changes nothing. */
  function change(edit: (doc: GenerateDoc) => GenerateDoc, strokeOf = ''): void {
    stop()
    const { doc } = store.getState()
    const model = generateModel()
    if (!doc || !model) return
    try {
      const changed = cutToLimit(model, edit(doc))
      if (changed === doc) return
      core.begin(strokeOf)
      core.commit({ doc: changed })
    } catch (thrown) {
      fail(thrown)
    }
  }

  function travel(way: 'undo' | 'redo'): void {
    stop()
    core.actions[way]()
    const { doc } = store.getState()
    if (doc) store.setState({ prompt: doc.prompt })
  }
}

/** What a link is read with. */
function knownOf(model: LoadedModel, tokenizer: TokenizerInfo) {
  const { layers, heads, vocabulary = 0 } = model.info
  return { ...generateModelOf(model, tokenizer), layers, heads, vocabulary }
}

/** Why nothing is written any more; null: it goes on. */
export function endOf(
  { maxTokens, endTokens }: Pick<GenerateModel, 'maxTokens' | 'endTokens'>,
  doc: GenerateDoc,
): Ended | null {
  if (isFull({ maxTokens }, doc)) return 'full'
  const last = active(doc.sequence).at(-1)
  const ends = last?.origin.type === 'written' && endTokens.has(last.id ?? -1)
  return ends ? 'eos' : null
}

/** After what waits already, the page's drawing among it. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function lookOf(look: GenerateLink['look'], { layers, heads }: ModelInfo, sequence: Sequence): GenerateLook {
  return {
    tool: look?.tool ?? '',
    ...mapLookWithin({ layer: look?.layer ?? 0, head: look?.head ?? 'mean' }, { layers, heads }),
    fit: look?.fit ?? false,
    paint: look?.paint ?? 'all',
    selection: (look?.selected ?? []).flatMap((place) => sequence.tokens[place]?.key ?? []),
  }
}
