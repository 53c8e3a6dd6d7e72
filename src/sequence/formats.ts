/** Ready forms of text: what each segment is, a separator that can be typed for it, and an example. */

export interface TextFormat {
  readonly id: string
  readonly name: string
  /** A typed separator that suits it; the model's own [SEP] is the default, since it is trained. */
  readonly typedSeparator: `[${string}]`
  readonly segments: readonly { readonly name: string; readonly example: string }[]
}

export const TEXT_FORMATS: readonly TextFormat[] = [
  {
    id: 'single',
    name: 'Single sentence',
    typedSeparator: '[SEP_END]',
    segments: [{ name: 'Sentence', example: 'The movie was excellent.' }],
  },
  {
    id: 'pair',
    name: 'Sentence pair',
    typedSeparator: '[SEP_PAIR]',
    segments: [
      { name: 'First', example: 'The man went to the store.' },
      { name: 'Second', example: 'He bought a bottle of milk.' },
    ],
  },
  {
    id: 'question',
    name: 'Question and context',
    typedSeparator: '[SEP_QA]',
    segments: [
      { name: 'Question', example: 'Where did the cat sleep?' },
      { name: 'Context', example: 'All day it rained. The cat slept in the kitchen, next to the old stove.' },
    ],
  },
  {
    id: 'dialogue',
    name: 'Dialogue turns',
    typedSeparator: '[SEP_TURN]',
    segments: [
      { name: 'Turn 1', example: 'Is the shop still open?' },
      { name: 'Turn 2', example: 'No, it closed an hour ago.' },
      { name: 'Turn 3', example: 'Then I will come back tomorrow.' },
      { name: 'Turn 4', example: 'We open at nine.' },
    ],
  },
  {
    id: 'document',
    name: 'Title, abstract and body',
    typedSeparator: '[SEP_DOC]',
    segments: [
      { name: 'Title', example: 'Birds of the northern coast' },
      { name: 'Abstract', example: 'We counted birds for ten years.' },
      { name: 'Body', example: 'In the first winter we saw three kinds of ducks. Every year there were more.' },
    ],
  },
]
