/** The tokenizer of a checkpoint that brings vocab.txt alone: BertTokenizer's WordPiece (Devlin et al. 2019). */

import { z } from 'zod'
import { parseJson, parseWith, withoutNulls } from '../core/json.ts'

/** Defaults are those of transformers' BertTokenizer. */
const settings = z.object({
  do_lower_case: z.boolean().default(true),
  strip_accents: z.boolean().nullable().default(null),
  tokenize_chinese_chars: z.boolean().default(true),
})

/**
 * @param vocabulary the content of vocab.txt: one token a line, its id the number of the line
 * @param tokenizerConfig the content of tokenizer_config.json
 * @returns the content of the tokenizer.json that transformers makes of the two
 * @throws ClsroomError `tokenizer`
 */
export function wordPieceFile(vocabulary: string, tokenizerConfig = '{}'): string {
  const file = 'tokenizer_config.json'
  const config = parseWith(settings, withoutNulls(parseJson(tokenizerConfig, file, 'tokenizer')), file, 'tokenizer')
  const lines = vocabulary.replace(/\r?\n$/, '').split(/\r?\n/)
  const [cls, sep] = ['[CLS]', '[SEP]'].map((token) => [token, lines.indexOf(token)] as const)
  return JSON.stringify({
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars,
      strip_accents: config.strip_accents,
      lowercase: config.do_lower_case,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: lines.includes('[CLS]') && lines.includes('[SEP]') ? { type: 'BertProcessing', cls, sep } : null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(lines.map((token, id) => [token, id])),
    },
  })
}
