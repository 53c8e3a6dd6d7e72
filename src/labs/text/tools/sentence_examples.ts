/** Lists of sentences to start from, each with a question that their similarities answer. */
export const SENTENCE_EXAMPLES = [
  {
    id: 'paraphrases',
    sentences: [
      'The movie was excellent.',
      'It was a great film.',
      'The train was late again.',
      'Once more the train came too late.',
      'He cooked dinner for his friends.',
      'His friends ate what he had cooked.',
    ],
  },
  {
    id: 'topics',
    sentences: [
      'The team won the match.',
      'She scored two goals in the game.',
      'The soup needs more salt.',
      'Bake the bread for an hour.',
      'It will rain in the north.',
      'The wind was cold this morning.',
    ],
  },
  {
    id: 'order',
    sentences: [
      'The dog chased the cat.',
      'The cat chased the dog.',
      'The movie was good.',
      'The movie was not good.',
      'The movie was bad.',
    ],
  },
] as const
