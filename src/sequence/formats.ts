/** Ready forms of text: what each segment is, a separator that can be typed for it, and an example. */

type FormatId = 'single' | 'pair' | 'question' | 'dialogue' | 'document'
/** What a segment is. */
type FormatPart = 'sentence' | 'first' | 'second' | 'question' | 'context' | 'turn' | 'title' | 'abstract' | 'body'

export interface TextFormat {
  /** Also the key of its name: what a reader sees is said where it is shown. */
  readonly id: FormatId
  /** A typed separator that suits it; the model's own [SEP] is the default, since it is trained. */
  readonly typedSeparator: `[${string}]`
  readonly segments: readonly { readonly part: FormatPart; readonly example: string }[]
}

export const TEXT_FORMATS: readonly TextFormat[] = [
  {
    id: 'single',
    typedSeparator: '[SEP_END]',
    segments: [{ part: 'sentence', example: 'The movie was excellent.' }],
  },
  {
    id: 'pair',
    typedSeparator: '[SEP_PAIR]',
    segments: [
      { part: 'first', example: 'The man went to the store.' },
      { part: 'second', example: 'He bought a bottle of milk.' },
    ],
  },
  {
    id: 'question',
    typedSeparator: '[SEP_QA]',
    segments: [
      { part: 'question', example: 'Where did the cat sleep?' },
      { part: 'context', example: 'All day it rained. The cat slept in the kitchen, next to the old stove.' },
    ],
  },
  {
    id: 'dialogue',
    typedSeparator: '[SEP_TURN]',
    segments: [
      { part: 'turn', example: 'Is the shop still open?' },
      { part: 'turn', example: 'No, it closed an hour ago.' },
      { part: 'turn', example: 'Then I will come back tomorrow.' },
      { part: 'turn', example: 'We open at nine.' },
    ],
  },
  {
    id: 'document',
    typedSeparator: '[SEP_DOC]',
    segments: [
      { part: 'title', example: 'Birds of the northern coast' },
      { part: 'abstract', example: 'We counted birds for ten years.' },
      { part: 'body', example: 'In the first winter we saw three kinds of ducks. Every year there were more.' },
    ],
  },
]
