/** Snippets of columns trained here and of the page's models, with the ids that the page reads, for training/golden/test_snippets.py. */

import { readFileSync } from 'node:fs'
import { Column } from '../../../../tokenizers/column.ts'
import { KINDS, RECIPE, type Recipe } from '../../../../tokenizers/recipe.ts'
import { trainersFixture } from '../../../../tokenizers/testing/trainers_golden.ts'
import { countWords, train } from '../../../../tokenizers/train.ts'
import { runTrainer } from '../../../../tokenizers/trainers/types.ts'
import { snippetOf } from '../python.ts'

export interface TokenizerSnippetCase {
  name: string
  code: string
  /** What "Export" saves. */
  file: { name: string; json: string }
  ids: number[]
  decoded: string
}

const TEXT = 'The dog’s “🦄” ran\n\tto [UNK] 1999, Привет 漢字 café.'

export function tokenizerSnippetCases(): TokenizerSnippetCase[] {
  const lines = trainersFixture.corpora.tales as string[]
  const recipes: Partial<Recipe>[] = [
    {},
    { words: 'metaspace', byteFallback: true, lowercase: false, vocabularySize: 700 },
    { words: 'bytes', splitDigits: true, nfkc: false, vocabularySize: 700 },
    { words: 'whitespace', stripAccents: true, pairRule: 'score' },
  ]
  const trained = recipes.flatMap((change, i) =>
    KINDS.map((kind) => {
      const recipe = { ...RECIPE, vocabularySize: 300, ...change }
      const json = JSON.stringify(runTrainer(train(kind, recipe, countWords(lines, recipe))))
      return caseOf(`${kind} ${i}`, json, i % 2 === 1)
    }),
  )
  const models = ['clsroom-bert', 'clsroom-gpt2', 'clsroom-t5'].map((id) =>
    caseOf(id, readFileSync(`public/models/${id}/tokenizer.json`, 'utf8'), true),
  )
  return [...trained, ...models]
}

function caseOf(name: string, json: string, parsesSpecials: boolean): TokenizerSnippetCase {
  const column = new Column(json)
  const file = { name: 'tokenizer.json', json }
  return {
    name,
    code: snippetOf({ type: 'file', name: file.name }, file.name, TEXT, parsesSpecials),
    file,
    ids: column.words(TEXT, parsesSpecials).flatMap(({ pieces }) => pieces.map(({ id }) => id)),
    decoded: column.read(TEXT, parsesSpecials).decoded,
  }
}
