/** "Copy as Python": a column's tokenizer in Hugging Face's `tokenizers`, and what it makes of the sentence. */

import { literal } from '../../../state/python.ts'
import type { Source } from './doc.ts'

/**
 * @param file what "Export" saves the column's tokenizer.json as
 * @param parsesSpecials whether special tokens in the text are these tokens
 */
export function snippetOf(source: Source, file: string, text: string, parsesSpecials: boolean): string {
  const made =
    source.type === 'hub' ? `Tokenizer.from_pretrained(${literal(source.id)})` : `Tokenizer.from_file(${literal(file)})`
  return `from tokenizers import Tokenizer

tokenizer = ${made}
tokenizer.encode_special_tokens = ${parsesSpecials ? 'False' : 'True'}
text = ${literal(text)}
encoding = tokenizer.encode(text, add_special_tokens=False)
for token, id, (start, end) in zip(encoding.tokens, encoding.ids, encoding.offsets):
    print(id, repr(token), repr(text[start:end]))
decoded = tokenizer.decode(encoding.ids, skip_special_tokens=False)
print(repr(decoded), decoded == text)
`
}
