/** The batch lab's state: the document (settings.ts), the lines as pieces, the look, and the newest run. */

import { ClsroomError } from '../../../core/errors.ts'
import type { Piece } from '../../../core/tokens.ts'
import { latest } from '../../../engine/latest.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type EditGroup, type LabState, NO_RUN } from '../../../state/lab.ts'
import { newestOpening, type Step } from '../../../state/opening.ts'
import { mapLookWithin } from '../../shared/look.ts'
import { type BatchLink, decodeBatch, encodeBatch } from './link.ts'
import { createPlanner } from './planner.ts'
import { type BatchRun, runPlan, showsLosses } from './run.ts'
import { type BatchModel, batchModelOf } from './sequences.ts'
import { type BatchDoc, type BatchLook, DOC, LOOK, RULES } from './settings.ts'
import { linesOf, MOST_LINES, MOST_TEXT, readLines, type Source } from './source.ts'

export interface BatchLabState extends LabState<BatchDoc, BatchLook, BatchRun> {
  tokenizer: TokenizerInfo | null
  /** What the box for one's own lines shows: ahead of the document while the tokenizer works. */
  text: string
  /** What the tokenizer made of the document's lines. */
  pieces: readonly Piece[][]
}

export type BatchLab = ReturnType<typeof createBatchLab>

export const NEEDS = ['reads batches'] as const

export function createBatchLab(engine: Engine) {
  const planner = createPlanner()
  const core = createLabStore<BatchRun, BatchLabState>({
    initial: { model: null, tokenizer: null, text: '', pieces: [], doc: null, look: LOOK, ...NO_RUN },
    undoable: ({ doc, pieces }) => ({ doc, pieces }),
    input: ({ doc, pieces }) => (doc && pieces.length > 0 ? [doc, pieces] : null),
    async run({ model, doc, pieces, look }) {
      const known = batchModel()
      if (!model || !known || !doc) throw new Error('a run was asked for before a model was loaded')
      return runPlan({ engine, planner }, model, known, doc, pieces, look)
    },
    hasMaps: (run, { batch, layer, head, tool }) =>
      run.batch === Math.min(batch, run.plan.batches.length - 1) &&
      (run.losses !== null || !showsLosses(run.model, tool)) &&
      (run.maps === null || (run.maps.layer === layer && run.maps.head === head)),
  })
  const { store, fail } = core

  const reading = latest<{ source: Source; group: EditGroup }, void>(read, () => {}, fail)

  /** Turns the lines into pieces; of too many the last are left out, and that is said. */
  async function read({ source, group }: { source: Source; group: EditGroup }): Promise<void> {
    const { doc, model } = store.getState()
    if (!doc || !model) return
    const pieces = await piecesOf(model.id, source)
    const now = store.getState().doc
    if (!now || now.model !== model.id) return
    core.commit({ doc: { ...now, source }, pieces }, group)
  }

  async function piecesOf(model: string, source: Source): Promise<Piece[][]> {
    const lines = linesOf(source)
    if (lines.length > MOST_LINES) {
      fail(
        new ClsroomError('input', 'There are more lines than the lab takes; the last ones were left out', {
          found: `${lines.length} lines`,
          expected: `at most ${MOST_LINES}`,
        }),
      )
    }
    return engine.pieces(model, lines.slice(0, MOST_LINES))
  }

  function batchModel(): BatchModel | null {
    const { model, tokenizer } = store.getState()
    return model && tokenizer && batchModelOf(model, tokenizer)
  }

  /** @param of edits of one name without a pause are one step of undo */
  function change(part: Partial<BatchDoc>, of = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin(of)
    core.commit({ doc: { ...doc, ...part } })
  }

  const lab = {
    store,
    ...core.actions,

    /** @throws ClsroomError when the model cannot be loaded */
    open: newestOpening(async (link: BatchLink, step: Step): Promise<void> => {
      const model = await step(loadFor(engine, NEEDS, link.model))
      const tokenizer = await step(engine.tokenizer(model))
      const doc = decodeBatch(link, model)
      const { layers } = model.info
      const look = { ...LOOK, layer: layers - 1, ...link.look, loss: { ...RULES, ...link.look?.loss } }
      const pieces = await step(piecesOf(model.id, doc.source))
      core.show(model, {
        tokenizer,
        doc,
        pieces,
        text: doc.source.type === 'own' ? doc.source.text : '',
        look: {
          ...look,
          ...mapLookWithin(look, model.info),
        },
        problem: null,
      })
      await step(core.idle())
      if (link.shortened) fail(shortened())
    }),

    changed: (state: LabState, before: LabState) => state.doc !== before.doc || state.look !== before.look,

    /** @throws ClsroomError `tokenizer` where the model has none */
    async prepare(model: LoadedModel): Promise<void> {
      await engine.tokenizer(model)
    },

    /** Another model on the same lines and settings. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { layer: _, head: __, ...kept } = look
        await lab.openWith(id, doc, kept)
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    /** The document on another model, whole: also lines that no link holds. */
    async openWith(id: string, doc: BatchDoc, look: Partial<BatchLook>): Promise<void> {
      const { source, ...rest } = doc
      await lab.open({
        ...encodeBatch(
          { ...rest, source: DOC.source, model: id },
          { ...LOOK, ...look, layer: Number.MAX_SAFE_INTEGER },
        ),
        source,
      })
    },

    link(): BatchLink | null {
      const { doc, look } = store.getState()
      return doc && encodeBatch(doc, look)
    },

    /** Lines as they are typed or pasted; of too long a text the end is left out, and that is said. */
    setText(typed: string, file?: string): void {
      const text = typed.slice(0, MOST_TEXT)
      store.setState({ text })
      reading.request({
        source: { type: 'own', text, ...(file !== undefined && { file }) },
        group: core.begin('typing'),
      })
      if (typed.length > MOST_TEXT) {
        fail(
          new ClsroomError('input', 'The text is too long for a text box here; its end was left out', {
            found: `${typed.length} characters`,
            expected: `at most ${MOST_TEXT}`,
          }),
        )
      }
    },

    /** A sample, or one's own lines as they were. */
    setSource(source: Source, of = ''): void {
      reading.request({ source, group: core.begin(of) })
    },

    /** Lines of a .txt, .csv or .jsonl file; one that holds none leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      try {
        lab.setText(await readLines(file), file.name)
      } catch (thrown) {
        fail(thrown)
      }
    },

    setStrategy: (strategy: BatchDoc['strategy']) => change({ strategy }),
    setApart: (part: Partial<Pick<BatchDoc, 'block' | 'reset' | 'separator'>>) => change(part),
    set(settings: Partial<BatchDoc['settings']>): void {
      const { doc } = store.getState()
      if (doc) change({ settings: { ...doc.settings, ...settings } }, Object.keys(settings).join())
    },

    undo: () => travel('undo'),
    redo: () => travel('redo'),

    /** Resolves once the newest edit is drawn. */
    async settled(): Promise<void> {
      await reading.idle()
      await core.idle()
    },
  }
  return lab

  function travel(way: 'undo' | 'redo'): void {
    core.actions[way]()
    const { doc } = store.getState()
    if (doc?.source.type === 'own') store.setState({ text: doc.source.text })
  }
}

function shortened(): ClsroomError {
  return new ClsroomError('input', 'The link holds only the first of its lines', {
    advice: 'Drop the file again to see all of them',
  })
}
