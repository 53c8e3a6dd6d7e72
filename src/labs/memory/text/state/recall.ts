/**
 * The task that needs memory: facts, other text, and a question whose answer lies further away than the windows of all layers reach
 * (training/memory/data.py). Inputs are drawn in the page, with sentences that the training never drew.
 */

import { z } from 'zod'
import { ClsroomError } from '../../../../core/errors.ts'
import { uniform } from '../../../../core/random.ts'
import type { Piece } from '../../../../core/tokens.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { MemoryModel } from './doc.ts'

const taskSchema = z.object({
  names: z.array(z.string()).min(3),
  items: z.array(z.string()).min(3),
  /** Sentences of other text. */
  other: z.array(z.string()).min(1),
})
export type RecallTask = z.infer<typeof taskSchema>

/** Pieces of other text between the facts and the question, as the models' figures were measured. */
export const GAP = 30

export interface RecallInput {
  texts: [string, string]
  pieces: [Piece[], Piece[]]
  answer: Piece
  /** Of the question's [MASK], among the pieces of the question. */
  place: number
}

export async function loadTask(baseUrl: string): Promise<RecallTask> {
  const address = `${baseUrl}samples/recall.json`
  try {
    return taskSchema.parse(await (await fetch(address)).json())
  } catch (cause) {
    throw new ClsroomError('fetch', 'The recall task could not be fetched', {
      found: address,
      advice: 'Try again when you are online, or reload',
      cause,
    })
  }
}

export interface RecallOptions {
  count: number
  seed: number
  /** 1 to 3. */
  facts?: number
  gap?: number
}

/** @throws ClsroomError `input` for a model whose tokenizer splits the task's words, or knows no [MASK] */
export async function recallInputs(
  engine: Pick<Engine, 'pieces'>,
  { id, tokenizer }: MemoryModel,
  task: RecallTask,
  { count, seed, facts = 1, gap = GAP }: RecallOptions,
): Promise<RecallInput[]> {
  const words = [...task.names, ...task.items, 'has', 'the', '.']
  const read = await engine.pieces(id, [...words, ...task.other])
  const { mask } = tokenizer.specials
  const split = words.find((_, i) => read[i]?.length !== 1 || read[i]?.[0]?.id === tokenizer.specials.unk?.id)
  if (split !== undefined || !mask) {
    throw new ClsroomError('input', 'The model’s tokenizer does not serve the recall task', {
      found: split === undefined ? 'no [MASK]' : `“${split}” is not one known piece`,
      expected: 'a vocabulary with the names, the items and [MASK]',
      advice: 'Choose one of the memory transformers that come with the page',
    })
  }
  const one = new Map(words.map((word, i) => [word, read[i]?.[0] as Piece]))
  const other = read.slice(words.length)
  const asked: Piece = { id: mask.id, label: mask.label, text: mask.label, start: 0, end: 0 }
  const piece = (word: string) => (word === mask.label ? asked : (one.get(word) as Piece))
  const next = uniform(seed)
  return Array.from({ length: count }, () => {
    const [names, items] = [drawn(task.names, facts, next), drawn(task.items, facts, next)]
    const which = Math.floor(next() * facts)
    const lines = names.flatMap((name, f) => [name, 'has', 'the', items[f] as string, '.'].map(piece))
    const question = [names[which] as string, 'has', 'the', mask.label, '.'].map(piece)
    const parts: [Piece[], Piece[]] = [[...lines, ...between(other, gap, next)], question]
    const texts = parts.map(textOf) as [string, string]
    return { texts, pieces: parts, answer: piece(items[which] as string), place: 3 }
  })
}

/** Different ones, in the order in which they were drawn. */
function drawn<T>(list: readonly T[], count: number, next: () => number): T[] {
  const left = [...list]
  return Array.from({ length: count }, () => left.splice(Math.floor(next() * left.length), 1)[0] as T)
}

/** So many pieces of sentences that follow one another; the last may be cut. */
function between(sentences: readonly Piece[][], gap: number, next: () => number): Piece[] {
  const pieces: Piece[] = []
  for (let at = Math.floor(next() * sentences.length); pieces.length < gap; at++) {
    pieces.push(...(sentences[at % sentences.length] ?? []))
  }
  return pieces.slice(0, gap)
}

/** Continuations of a word stand right behind it. */
function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text, label }, i) => (i === 0 || label.startsWith('##') ? text : ` ${text}`)).join('')
}
