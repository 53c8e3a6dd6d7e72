/** The embedded BERT's tokenizer with a tokenizer_config.json that disagrees; what is right is what transformers 5.24 gave. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadTokenizer } from './tokenizer.ts'

const FOLDER = 'public/models/clsroom-bert'
const FILE = readFileSync(`${FOLDER}/tokenizer.json`, 'utf8')
const CONFIG = JSON.parse(readFileSync(`${FOLDER}/tokenizer_config.json`, 'utf8'))

it.each([
  ['as they agree', {}, ['the', 'movie', 'na', '##ive']],
  ['cased, says tokenizer_config.json', { do_lower_case: false }, ['[UNK]', '[UNK]', 'na', '##ive']],
  ['nothing said', { do_lower_case: null, strip_accents: null }, ['the', 'movie', 'na', '##ive']],
  [
    'not of BertTokenizer',
    { do_lower_case: false, tokenizer_class: 'PreTrainedTokenizerFast' },
    ['the', 'movie', 'na', '##ive'],
  ],
])('%s', (_, change, labels) => {
  const tokenizer = loadTokenizer(FILE, JSON.stringify({ ...CONFIG, ...change }))
  expect(tokenizer.pieces('The Movie naïve').map(({ label }) => label)).toEqual(labels)
})
