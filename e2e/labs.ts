/** Every lab by its address: what holds for all of them is asked of each. A new lab is a line here. */

/** Labs with a map on the stage, and a strip that takes tokens between others. */
export const MAPS = ['#/text', '#/vision', '#/generate', '#/seq2seq', '#/memory'] as const
/** Labs whose strip takes tokens between others. */
export const STRIPS = [...MAPS, '#/masks', '#/tasks'] as const
export const ROUTES = [...STRIPS, '#/detect', '#/batch', '#/tokenizers'] as const
