/** The parts of speech that words are chosen by. */

export const PARTS_OF_SPEECH = ['noun', 'verb', 'adjective', 'adverb', 'pronoun', 'function'] as const
/** function: determiners, prepositions, conjunctions, auxiliaries: the words that hold a sentence together. */
export type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number]
