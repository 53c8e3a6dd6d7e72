/** One run: the sentence through every column, and what the text model expects under the unknown words of the chosen one. */

import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import type { ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import type { TokenizerWorker } from '../../../tokenizers/client.ts'
import type { ColumnInfo, Reading } from '../../../tokenizers/column.ts'
import { type Source, sourceName, type TokenizersDoc } from './doc.ts'
import type { Trained } from './training.ts'
import { type Prediction, predictUnder } from './under.ts'

/** A column that read, or why it did not. */
export type ReadColumn = { source: Source; readonly name: string } & (
  | { key: string; json: string; info: ColumnInfo; reading: Reading }
  | { problem: ErrorReport }
)
export type GoodColumn = Extract<ReadColumn, { reading: Reading }>

export interface TokenizersRun {
  doc: TokenizersDoc
  trained: Trained
  /** The column whose unknown words are predicted. */
  column: number
  columns: ReadColumn[]
  predictions: Prediction[]
  /** Tokens beyond the length of the text model. */
  left: number
  result: ForwardResult
}

export const isGood = (column: ReadColumn | undefined): column is GoodColumn => !!column && 'reading' in column

/** Every unknown word of more is listed and not predicted. */
const MOST_MASKS = 16

export interface RunParts {
  engine: Pick<Engine, 'forward' | 'pieces'>
  worker: TokenizerWorker
  model: LoadedModel
  tokenizer: TokenizerInfo
  doc: TokenizersDoc
  trained: Trained
  column: number
  /** A column's tokenizer.json, and the name it is known by in the worker. */
  jsonOf: (source: Source, trained: Trained) => Promise<{ key: string; json: string }>
}

export async function runTokenizers(parts: RunParts): Promise<TokenizersRun> {
  const { doc, trained, column } = parts
  const columns: ReadColumn[] = []
  for (const source of doc.columns) columns.push(await readColumn(parts, source))
  const chosen = columns[column]
  const spans = isGood(chosen) ? chosen.reading.words.filter(({ reason }) => reason).slice(0, MOST_MASKS) : []
  const { predictions, left, result } = await predictUnder(parts, doc.text, spans)
  return { doc, trained, column, columns, predictions, left, result }
}

const infos = new WeakMap<TokenizerWorker, Map<string, ColumnInfo>>()

async function readColumn({ worker, doc, trained, jsonOf }: RunParts, source: Source): Promise<ReadColumn> {
  try {
    const { key, json } = await jsonOf(source, trained)
    const known = infos.get(worker) ?? new Map<string, ColumnInfo>()
    infos.set(worker, known)
    const info = known.get(key) ?? (await worker.call('open', { column: key, json }))
    known.set(key, info)
    const reading = await worker.call('read', { column: key, text: doc.text, parsesSpecials: doc.parsesSpecials })
    return {
      source,
      get name() {
        return sourceName(source)
      },
      key,
      json,
      info,
      reading,
    }
  } catch (thrown) {
    return {
      source,
      get name() {
        return sourceName(source)
      },
      problem: reportOf(thrown),
    }
  }
}
