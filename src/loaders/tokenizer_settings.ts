/** What tokenizer_config.json says of BERT's normaliser, which transformers takes before what tokenizer.json says. */

import { z } from 'zod'
import { parseJson, parseWith, withoutNulls } from '../core/json.ts'
import type { TokenizerFile } from './tokenizer_file.ts'

/** Other values than these are not BertTokenizer's. */
const settings = z.object({
  tokenizer_class: z.string().optional().catch(undefined),
  do_lower_case: z.boolean().optional().catch(undefined),
  strip_accents: z.boolean().optional().catch(undefined),
  tokenize_chinese_chars: z.boolean().optional().catch(undefined),
})

/**
 * The tokenizer as transformers' BertTokenizer makes it of the two files: where they disagree, tokenizer_config.json wins.
 * @param tokenizerConfig the content of tokenizer_config.json
 * @throws ClsroomError `tokenizer`
 */
export function asConfigured(file: TokenizerFile, tokenizerConfig: string): TokenizerFile {
  if (file.normalizer?.type !== 'BertNormalizer') return file
  const name = 'tokenizer_config.json'
  const config = parseWith(settings, withoutNulls(parseJson(tokenizerConfig, name, 'tokenizer')), name, 'tokenizer')
  // Other classes, such as PreTrainedTokenizerFast, take tokenizer.json as it is.
  if (config.tokenizer_class && !config.tokenizer_class.startsWith('Bert')) return file
  const said = {
    lowercase: config.do_lower_case,
    strip_accents: config.strip_accents,
    handle_chinese_chars: config.tokenize_chinese_chars,
  }
  return { ...file, normalizer: { ...file.normalizer, ...withoutUndefined(said) } }
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
