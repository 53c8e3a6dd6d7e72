/** The tokenizers lab's state: the sentence, the columns, what is trained for them, and the newest run. */

import { ClsroomError } from '../../../core/errors.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { loadFor } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createLabStore, type LabState, NO_RUN } from '../../../state/lab.ts'
import { newestOpening, type Step } from '../../../state/opening.ts'
import { TokenizerWorker } from '../../../tokenizers/client.ts'
import type { Kind, Recipe } from '../../../tokenizers/recipe.ts'
import { tooLong } from '../../shared/text_file.ts'
import { type Corpus, MOST_COLUMNS, MOST_CORPUS_BYTES, MOST_LETTERS, type Source, type TokenizersDoc } from './doc.ts'
import { documentIn, encodeTokenizers, isCorpusAbsent, type TokenizersLink } from './link.ts'
import { LOOK, type TokenizersLook } from './look.ts'
import { runTokenizers, type TokenizersRun } from './run.ts'
import { corpusText, sourceOf, tokenizerJson } from './sources.ts'
import { createTraining, type Trained } from './training.ts'

export interface TokenizersState extends LabState<TokenizersDoc, TokenizersLook, TokenizersRun> {
  tokenizer: TokenizerInfo | null
  /** What the columns of our own are now; of another recipe than the document's while that is trained. */
  trained: Trained | null
}

export type TokenizersLab = ReturnType<typeof createTokenizersLab>

/** What the text model must be able to do. */
export const NEEDS = ['reads text', 'predicts tokens'] as const

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createTokenizersLab(engine: Engine, baseUrl: string) {
  const training = createTraining()
  const worker = new TokenizerWorker()
  /** Of tokenizers that were dropped, by their names. */
  const files = new Map<string, string>()

  const core = createLabStore<TokenizersRun, TokenizersState>({
    initial: { model: null, tokenizer: null, doc: null, look: LOOK, trained: null, ...NO_RUN },
    undoable: ({ doc }) => ({ doc }),
    input: ({ doc, model, tokenizer, trained }) =>
      doc && model && tokenizer && trained && [doc.text, doc.columns, doc.parsesSpecials, model, trained],
    async run({ doc, model, tokenizer, trained, look }) {
      if (!doc || !model || !tokenizer || !trained) throw new Error('a run was asked for before its parts were there')
      return runTokenizers({ engine, worker, model, tokenizer, doc, trained, column: look.column, jsonOf })
    },
    // Another column has other unknown words to predict.
    hasMaps: (run, look) => run.column === look.column,
  })
  const { store, fail } = core

  /** Of tokenizers from elsewhere, by where they are from. */
  const fetched = new Map<string, Promise<string>>()

  async function jsonOf(source: Source, trained: Trained): Promise<{ key: string; json: string }> {
    if (source.type === 'trained') {
      const made = trained.kinds.get(source.kind)
      if (!made) throw new ClsroomError('internal', 'a column was asked for that was not trained')
      if ('problem' in made) throw ClsroomError.fromReport(made.problem)
      return { key: keyOf(made), json: made.json }
    }
    const key = JSON.stringify(source)
    if (source.type === 'file') {
      const json = files.get(source.name)
      if (json !== undefined) return { key: `${key} ${keyOf({ json })}`, json }
      throw new ClsroomError('input', 'The file of this column is not in the link', {
        found: source.name,
        advice: 'Drop the tokenizer.json on the page again',
      })
    }
    const json = fetched.get(key) ?? tokenizerJson(source, baseUrl)
    fetched.set(key, json)
    json.catch(() => fetched.delete(key))
    return { key, json: await json }
  }

  /** One name for each content. */
  const keys = new Map<string, string>()
  function keyOf({ json }: { json: string }): string {
    const known = keys.get(json) ?? `tokenizer ${keys.size}`
    keys.set(json, known)
    return known
  }

  let bringing: Promise<void> = Promise.resolve()
  /** Trains what the document asks for, where that has changed. */
  function train(doc: TokenizersDoc): void {
    bringing = bring(doc).catch(fail)
  }

  async function bring(doc: TokenizersDoc): Promise<void> {
    const text = await corpusText(doc.corpus, baseUrl)
    if (store.getState().doc?.corpus !== doc.corpus) return // another text was chosen meanwhile
    const trained = await training.bring(text, doc.recipe, kindsOf(doc))
    if (trained) store.setState({ trained })
  }

  store.subscribe(({ doc }, { doc: before }) => {
    if (!doc || !isTrainedAlike(doc, before)) return doc ? train(doc) : undefined
  })

  /** @param of edits of one name without a pause (typing, a slider) are one step of undo */
  function setDoc(change: Partial<TokenizersDoc>, of = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin(of)
    core.commit({ doc: { ...doc, ...change } })
  }

  const lab = {
    store,
    ...core.actions,
    training: training.store,
    worker,

    /** @throws ClsroomError when the model cannot be loaded */
    open: newestOpening(async (link: TokenizersLink, step: Step): Promise<void> => {
      const model = await step(loadFor(engine, NEEDS, link.model))
      const tokenizer = await step(engine.tokenizer(model))
      const { head: _, ...look } = link.look ?? {}
      const doc = documentIn(link, model.id)
      core.forget()
      store.setState({
        model,
        tokenizer,
        doc,
        look: { ...LOOK, ...look, column: Math.min(look.column ?? 0, doc.columns.length - 1) },
        problem: null,
      })
      core.forget()
      await step(lab.settled())
      if (isCorpusAbsent(link)) fail(notInLink())
    }),

    changed: (state: LabState, before: LabState) => state.doc !== before.doc || state.look !== before.look,

    /** @throws ClsroomError `tokenizer` where the model has none */
    async prepare(model: LoadedModel): Promise<void> {
      await engine.tokenizer(model)
    },

    /** Another text model under the unknown words. @returns whether it is used now */
    async setModel(id: string): Promise<boolean> {
      const { doc } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const model = await loadFor(engine, NEEDS, id)
        store.setState({ model, tokenizer: await engine.tokenizer(model) })
        setDoc({ model: id })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    link(): TokenizersLink | null {
      const { doc, look } = store.getState()
      return doc && encodeTokenizers(doc, look)
    },

    /** A text beyond what a link can hold is cut, and said so. */
    setText(text: string): void {
      setDoc({ text: text.slice(0, MOST_LETTERS) }, 'typing')
      if (text.length > MOST_LETTERS) fail(tooLong(text.length, MOST_LETTERS))
    },
    setParsesSpecials: (parsesSpecials: boolean) => setDoc({ parsesSpecials }),
    setRecipe: (change: Partial<Recipe>, of = '') => {
      const { doc } = store.getState()
      if (doc) setDoc({ recipe: { ...doc.recipe, ...change } }, of)
    },
    setColumns(columns: readonly Source[]): void {
      if (columns.length === 0) return
      const { look } = store.getState()
      setDoc({ columns: columns.slice(0, MOST_COLUMNS) })
      if (look.column >= columns.length) lab.look({ column: columns.length - 1 })
    },

    /** @param of a text of one's own: typing in it is one step of undo. What is too long is refused, and nothing changes. */
    setCorpus(corpus: Corpus, of = ''): void {
      const bytes = corpus.type === 'own' ? new TextEncoder().encode(corpus.text).length : 0
      if (bytes > MOST_CORPUS_BYTES) fail(tooMuch(bytes))
      else setDoc({ corpus }, of)
    },

    /** Trains again what was stopped. */
    trainAgain(): void {
      const { doc } = store.getState()
      if (doc) train(doc)
    },
    stopTraining: () => training.stop(),

    /** Takes a tokenizer.json as a column, in the place of the chosen one where all are taken. */
    addColumn(source: Source): void {
      const { doc, look } = store.getState()
      if (!doc) return
      const columns =
        doc.columns.length < MOST_COLUMNS ? [...doc.columns, source] : doc.columns.with(look.column, source)
      lab.setColumns(columns)
    },

    /** A name on the hub, or an address. */
    addAddress(address: string): void {
      try {
        lab.addColumn(sourceOf(address))
      } catch (thrown) {
        fail(thrown)
      }
    },

    /** A dropped tokenizer.json is a column, a dropped text what is trained on; anything else leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      try {
        if (/\.json$/.test(file.name)) {
          files.set(file.name, await file.text())
          lab.addColumn({ type: 'file', name: file.name })
          return
        }
        if (!file.type.startsWith('text/')) throw notRead(file.name)
        if (file.size > MOST_CORPUS_BYTES) throw tooMuch(file.size)
        lab.setCorpus({ type: 'own', text: await file.text() })
      } catch (thrown) {
        fail(thrown)
      }
    },

    /** The text that the columns of our own are trained on. */
    corpusText: () => store.getState().trained?.text ?? '',

    /** Resolves once the newest edit is trained and drawn. */
    async settled(): Promise<void> {
      let awaited: Promise<void>
      do {
        awaited = bringing
        await awaited
        await core.idle()
      } while (awaited !== bringing)
    },
  }
  return lab
}

function kindsOf({ columns }: TokenizersDoc): Kind[] {
  return [...new Set(columns.flatMap((source) => (source.type === 'trained' ? [source.kind] : [])))]
}

function isTrainedAlike(doc: TokenizersDoc, before: TokenizersDoc | null): boolean {
  return (
    before !== null &&
    doc.corpus === before.corpus &&
    doc.recipe === before.recipe &&
    kindsOf(doc).join() === kindsOf(before).join()
  )
}

function notInLink(): ClsroomError {
  return new ClsroomError('input', 'The training text of this link is not in it', {
    advice: 'Choose or paste it again; a sample is trained on meanwhile',
  })
}

function tooMuch(bytes: number): ClsroomError {
  return new ClsroomError('input', 'The text is too long to train on here', {
    found: `${bytes} bytes`,
    expected: `at most ${MOST_CORPUS_BYTES} bytes`,
    advice: 'Take a part of it',
  })
}

function notRead(name: string): ClsroomError {
  return new ClsroomError('input', 'This lab does not read such a file', {
    found: name,
    expected: 'a text to train on, or a tokenizer.json',
  })
}
