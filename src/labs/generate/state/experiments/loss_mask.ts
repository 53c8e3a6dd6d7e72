/**
 * Which targets a training loss counts. Padding must not count; where PAD is the same token as EOS and padding is told by its id, the end of
 * the text is dropped with it, and the model never learns to stop.
 */

export interface LossTarget {
  input: number
  target: number
  isPadding: boolean
  /** Told by where the text ends. */
  byPosition: boolean
  /** Told by the id of PAD. */
  byId: boolean
}

/**
 * The rows of a padded text, shifted by one: each input and the target after it.
 * @param text with its end token
 * @param pad the id that padding has: PAD's own, or that of the end
 */
export function lossTargets(text: readonly number[], pad: number, padding: number): LossTarget[] {
  const padded = [...text, ...Array<number>(padding).fill(pad)]
  return padded.slice(1).map((target, t) => {
    const isPadding = t + 1 >= text.length
    return { input: padded[t] as number, target, isPadding, byPosition: !isPadding, byId: target !== pad }
  })
}
