/** What the shown input is compared with: inputs of the recall task, and what memory comes to on them. */

import { ClsroomError } from '../../../../core/errors.ts'
import type { LoadedModel, MemoryStates } from '../../../../engine/protocol.ts'
import { normalise, toModelSize } from '../../../../loaders/image_resize.ts'
import type { Engine } from '../../../../state/engine.ts'
import { docOf } from './accuracy.ts'
import { askedOf } from './asked.ts'
import { type Rows, rowsOf } from './beside.ts'
import type { MemoryDoc, MemoryModel } from './doc.ts'
import { loadTask, type RecallInput, type RecallOptions, type RecallTask, recallInputs } from './recall.ts'
import { statesAt, withReplacement } from './replace.ts'
import type { Replaced } from './replacement.ts'
import { runMemory } from './run.ts'

/** Inputs whose mean stands for "any input", and of which the first with another answer is "another input". */
export const REFERENCES = 24
const SEED = 1
const REGISTERS = 'clsroom-vit-registers'
const TWIN = 'clsroom-nomemory'

/** What memory comes to on another input, and the word that is asked for there. */
interface Other {
  states: Float32Array
  answer: number
}

export function createReference(engine: Engine, baseUrl: string) {
  let task: Promise<RecallTask> | undefined

  /** @throws ClsroomError `fetch` where the task cannot be had, `input` where the model's tokenizer does not serve it */
  async function inputs(made: MemoryModel, options: RecallOptions): Promise<RecallInput[]> {
    task ??= loadTask(baseUrl)
    task.catch(() => {
      task = undefined // it is asked for again the next time
    })
    return recallInputs(engine, made, await task, options)
  }

  /** Of the newest model, mask and memory, by what they are made of. */
  let known: { of: string; others: Other[] } | undefined

  /** The memory's states before a layer on every reference input, under a document's mask. */
  async function statesOn(model: LoadedModel, made: MemoryModel, doc: MemoryDoc, layer: number): Promise<Other[]> {
    const plain = { ...doc, replaced: null }
    const of = JSON.stringify([
      model.id,
      layer,
      doc.mask.rules,
      doc.ablated,
      doc.sequence.tokens.filter(({ kind }) => kind === 'memory'),
    ])
    if (known?.of === of) return known.others
    const others: Other[] = []
    for (const input of await inputs(made, { count: REFERENCES, seed: SEED })) {
      const run = await runMemory(engine, model, docOf(made, plain, input), 0, {
        capture: { attentions: false, hiddenStates: true },
      })
      others.push({ states: statesAt(run, layer), answer: input.answer.id })
    }
    known = { of, others }
    return others
  }

  /** What stands in the place of the document's replaced states. */
  async function statesFor(
    model: LoadedModel,
    made: MemoryModel,
    doc: MemoryDoc,
    replaced: Replaced,
  ): Promise<MemoryStates> {
    const needsOthers = replaced.by === 'mean' || replaced.by === 'other'
    const others = needsOthers ? await statesOn(model, made, doc, replaced.layer) : []
    const own = await runMemory(engine, model, { ...doc, replaced: null }, 0, {
      capture: { attentions: false, hiddenStates: true },
    })
    const states = statesAt(own, replaced.layer)
    // Memory of an input with the same answer would change nothing, and prove nothing.
    const other = others.find(({ answer }) => answer !== askedOf(own)?.best)
    const from = { all: others.map((one) => one.states), other: other?.states ?? states }
    return withReplacement(replaced, model.info.width, states, from)
  }

  /** The registers of the shipped ViT on a sample photo. @throws ClsroomError `fetch` where it cannot be had */
  async function registers(): Promise<Rows> {
    const model = await engine.load(REGISTERS)
    const picture = await engine.picture(await readPhoto(`${baseUrl}samples/dog.jpg`))
    const pixels = normalise(toModelSize(picture, model.preprocessor), model.preprocessor)
    const { image } = model.info
    const result = await engine.forward({
      model: model.id,
      input: { kind: 'image', pixels },
      capture: { attentions: true, hiddenStates: true },
    })
    return rowsOf(result, image?.classTokens ?? 1, image?.registers ?? 0)
  }

  /** The shipped model without memory, for comparisons. */
  const twin = () => engine.load(TWIN)

  return { inputs, statesFor, registers, twin }
}

async function readPhoto(address: string): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(address)
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    return await answer.arrayBuffer()
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample photo could not be fetched', {
      found: address,
      advice: 'Try again when you are online, or reload',
      cause,
    })
  }
}

export type Reference = ReturnType<typeof createReference>
