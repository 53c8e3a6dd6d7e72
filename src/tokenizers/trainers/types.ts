/** What the trainers have in common. */

/** Words and how often each is in the corpus. */
export type WordCounts = ReadonlyMap<string, number>

export interface TrainerOptions {
  vocabularySize: number
  /** First in the vocabulary, never made of anything. */
  specials: readonly string[]
}

/** A trainer goes step by step: what it yields is what can be watched, what it returns the trained model. */
export type Trainer<Step, Trained> = Generator<Step, Trained, void>

/** Runs a trainer to its end. @param onStep sees every step */
export function runTrainer<Step, Trained>(trainer: Trainer<Step, Trained>, onStep?: (step: Step) => void): Trained {
  for (;;) {
    const { done, value } = trainer.next()
    if (done) return value
    onStep?.(value)
  }
}
