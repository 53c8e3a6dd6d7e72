/** Characters of a text; a link holds no more. */
export const MAX_TEXT = 20_000
