/** A text is at most a few hundred tokens for the model; a link with more is not one of ours. */
export const MAX_TEXT = 100_000
