/** Every lab by its address: what holds for all of them is asked of each. A new lab is a line here. */

/** Labs whose strip takes tokens between others. */
export const STRIPS = ['#/text', '#/vision', '#/generate', '#/seq2seq'] as const
export const ROUTES = [...STRIPS, '#/detect', '#/memory', '#/tasks', '#/tokenizers'] as const
