/** A text is at most a few hundred tokens for the model; a link with more is not one of ours. */
export const MAX_TEXT = 20_000
/** Memory rows that a document may have: twice what the shipped models were trained with. */
export const MOST_SLOTS = 16
