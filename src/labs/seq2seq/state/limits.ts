/** A source is at most a few hundred tokens for the model; a link with more is not one of ours. */
export const MAX_TEXT = 20_000
export const MOST_IDS = 1024
