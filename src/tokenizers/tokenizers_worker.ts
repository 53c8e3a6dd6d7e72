/// <reference lib="webworker" />
/** Trains tokenizers and reads with them, apart from the page: a long training and a hostile pattern are stopped by ending this worker. */

import { ClsroomError, reportOf } from '../core/errors.ts'
import { Column } from './column.ts'
import { parted } from './held_out.ts'
import { coverageOf, dropoutOf, latticeOf, unknownsIn } from './measure.ts'
import type { CallName, Calls, Reply, Request, TrainedKind } from './protocol.ts'
import { countWords, type TrainingStep, train } from './train.ts'
import { runTrainer, type WordCounts } from './trainers/types.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const columns = new Map<string, Column>()

scope.onmessage = ({ data }: MessageEvent<Request>) => {
  try {
    post({ id: data.id, result: answer(data) })
  } catch (thrown) {
    post({ id: data.id, error: reportOf(thrown) })
  }
}

function answer(request: Request): Calls[CallName]['result'] {
  switch (request.call) {
    case 'train':
      return trained(request.id, request.args)
    case 'open': {
      const column = new Column(request.args.json)
      columns.set(request.args.column, column)
      return column.info()
    }
    case 'close':
      columns.delete(request.args.column)
      return null
    case 'read':
      return columnOf(request.args).read(request.args.text, request.args.parsesSpecials)
    case 'coverage': {
      const { train, held } = parted(request.args.text)
      return coverageOf(columnOf(request.args), train, held)
    }
    case 'lattice':
      return latticeOf(columnOf(request.args), request.args)
    case 'dropout':
      return dropoutOf(columnOf(request.args), request.args)
    case 'unknowns':
      return unknownsIn(columnOf(request.args), parted(request.args.text).held, request.args.most)
  }
}

function columnOf({ column }: { column: string }): Column {
  const opened = columns.get(column)
  if (opened) return opened
  throw new ClsroomError('internal', 'a tokenizer was asked for that was not opened', { found: column })
}

const PROGRESS_EVERY_MS = 100
/** The corpus of the last training: kinds of one recipe share it. */
let counted: { of: string; counts: WordCounts } | undefined

function trained(id: number, { kind, recipe, text }: Calls['train']['args']): TrainedKind {
  const begun = performance.now()
  const of = JSON.stringify([{ ...recipe, vocabularySize: 0, minFrequency: 0 }, text])
  if (counted?.of !== of) counted = { of, counts: countWords(parted(text).train, recipe) }
  const { counts } = counted
  const steps: TrainingStep[] = []
  let told = begun
  const file = runTrainer(train(kind, recipe, counts), (step) => {
    steps.push(step)
    const now = performance.now()
    if (now - told < PROGRESS_EVERY_MS) return
    told = now
    post({ id, progress: progressOf(step, steps.length, recipe.vocabularySize) })
  })
  let running = 0
  for (const count of counts.values()) running += count
  return { kind, json: JSON.stringify(file), steps, words: counts.size, running, ms: performance.now() - begun }
}

/** Of Unigram, whose rounds nobody knows before: how near the number of pieces is to the vocabulary. */
function progressOf(step: TrainingStep, steps: number, vocabularySize: number): { done: number; total: number } {
  if ('kind' in step)
    return { done: Math.min(vocabularySize, Math.floor(vocabularySize ** 2 / step.pieces)), total: vocabularySize }
  return { done: steps, total: vocabularySize }
}

function post(reply: Reply): void {
  scope.postMessage(reply)
}
