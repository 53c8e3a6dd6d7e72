/** Every lab by its address: what holds for all of them is asked of each. A new lab is a line here. */
export const ROUTES = ['#/text', '#/vision', '#/generate', '#/seq2seq'] as const
