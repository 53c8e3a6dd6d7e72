/** A prompt is at most a few thousand tokens for the model; a link with more is not one of ours. */
export const MAX_PROMPT = 100_000
/** Of a seed, an unsigned number of 32 bits. */
export const MAX_SEED = 2 ** 32 - 1
