/** The mask in other labs: links that hold it, with as much of the texts and the paint as the other lab's tokens can be paired with. */

import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { DEFAULT_MASK, type MaskSpec } from '../../../sequence/mask.ts'
import { encodeTokens } from '../../../sequence/serialise.ts'
import { fromPrompt } from '../../../sequence/written.ts'
import type { LabLink } from '../../../state/lab.ts'
import { cutPieces, type MasksDoc, masksModelOf, specialIds } from './doc.ts'

export interface Elsewhere {
  lab: 'text' | 'generate' | 'vision' | 'seq2seq'
  link: LabLink & Record<string, unknown>
  /** tokens: all of it, tokens and paint. rules: only what the formulas say, on other tokens. */
  carries: 'tokens' | 'rules'
}

/** What the Generate lab's documents have when nobody says otherwise. */
const CAUSAL: MaskSpec = { rules: [{ type: 'padding' }, { type: 'causal' }], inverted: false, paint: [] }

export function elsewhere(
  doc: MasksDoc,
  model: Pick<LoadedModel, 'id' | 'info'>,
  tokenizer: TokenizerInfo,
): Elsewhere[] {
  const { rules } = doc.mask
  const { id, info } = model
  const text = doc.texts[0] ?? ''
  const text0: Elsewhere = info.causal
    ? {
        lab: 'text',
        carries: 'rules',
        link: { lab: 'text', model: 'clsroom-bert', texts: doc.texts, tokens: { rules } },
      }
    : {
        ...{ lab: 'text', carries: 'tokens' },
        link: {
          lab: 'text',
          model: id,
          texts: doc.texts,
          tokens: encodeTokens(doc.sequence, doc.mask, doc.base, DEFAULT_MASK),
        },
      }
  // A prompt is one text: the others stand behind it as tokens that were put in.
  const whole = info.causal && cutPieces(doc) === 0 && opens(tokenizer)
  const generate: Elsewhere = whole
    ? {
        ...{ lab: 'generate', carries: 'tokens' },
        link: {
          lab: 'generate',
          model: id,
          prompt: text,
          tokens: encodeTokens(doc.sequence, doc.mask, prompted(doc, model, tokenizer), CAUSAL),
        },
      }
    : {
        ...{ lab: 'generate', carries: 'rules' },
        link: { lab: 'generate', model: info.causal ? id : 'clsroom-gpt2', prompt: text, tokens: { rules } },
      }
  return [
    text0,
    generate,
    {
      lab: 'vision',
      carries: 'rules',
      link: { lab: 'vision', model: 'clsroom-vit', sample: 'automobile.jpg', tokens: { rules } },
    },
    { lab: 'seq2seq', carries: 'rules', link: { lab: 'seq2seq', model: 'clsroom-t5', text, source: { rules } } },
  ]
}

/** Whether its tokenizer puts BOS before a text, and nothing else: so does the studio. */
function opens({ opening = [], specials }: TokenizerInfo): boolean {
  return opening.length === 1 && opening[0] === specials.bos?.id
}

/** The unedited sequence of the Generate lab for the first text. */
function prompted(doc: MasksDoc, model: Pick<LoadedModel, 'id' | 'info'>, tokenizer: TokenizerInfo) {
  const { bos } = tokenizer.specials
  const ids = specialIds(masksModelOf(model as LoadedModel, tokenizer))
  return fromPrompt(doc.pieces[0] ?? [], bos ? [{ kind: 'bos', ...bos }] : [], ids)
}
