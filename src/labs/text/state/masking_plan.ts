/** How words are chosen to be predicted: what the masked-words tool offers and a permalink holds. */

import { PARTS_OF_SPEECH } from '../../../loaders/parts_of_speech.ts'

/** What is drawn: pieces alone, whole words, spans of words, or words of one part of speech. */
export const MASKING_UNITS = ['pieces', 'words', 'spans', ...PARTS_OF_SPEECH] as const
export const MASKING_RULES = ['80/10/10', 'mask'] as const

export interface MaskingPlan {
  unit: (typeof MASKING_UNITS)[number]
  /** Share of the tokens that could be drawn. */
  ratio: number
  seed: number
  /** 80 % [MASK], 10 % a random word, 10 % unchanged; or [MASK] always. */
  rule: (typeof MASKING_RULES)[number]
}

/** As BERT was trained (Devlin et al. 2019, section 3.1). */
export const BERT_MASKING: MaskingPlan = { unit: 'pieces', ratio: 0.15, seed: 1, rule: '80/10/10' }
