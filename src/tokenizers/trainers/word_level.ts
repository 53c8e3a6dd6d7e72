/** Word level: the most frequent words as they are (`WordLevelTrainer` of Hugging Face's `tokenizers`). */

import { byCodePoints } from '../../core/code_points.ts'
import type { Trainer, TrainerOptions, WordCounts } from './types.ts'

/** A word that is taken, with the running words that the vocabulary has with it. */
export interface WordStep {
  word: string
  count: number
  covered: number
}

export interface TrainedWords {
  /** In the order of their ids. */
  vocabulary: string[]
  /** Running words of the corpus. */
  total: number
  /** Words that were not taken, and whether by their count. */
  left: { words: number; byCount: number }
}

/** Most frequent first; of equals the one whose letters come first in Unicode. */
export function* trainWordLevel(
  words: WordCounts,
  { vocabularySize, specials, minFrequency = 0 }: TrainerOptions & { minFrequency?: number },
): Trainer<WordStep, TrainedWords> {
  const ranked = [...words].sort(([a, m], [b, n]) => n - m || byCodePoints(a, b))
  const often = ranked.filter(([, count]) => count >= minFrequency)
  const total = ranked.reduce((sum, [, count]) => sum + count, 0)
  const taken = often.slice(0, Math.max(0, vocabularySize - specials.length))
  let covered = 0
  for (const [word, count] of taken) {
    covered += count
    yield { word, count, covered }
  }
  return {
    vocabulary: [...specials.slice(0, vocabularySize), ...taken.map(([word]) => word)],
    total,
    left: { words: ranked.length - taken.length, byCount: ranked.length - often.length },
  }
}
