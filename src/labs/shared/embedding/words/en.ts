export const en = {
  none: 'Select one or more tokens in the strip to choose the vectors they start from.',
  of: 'Embedding of {token}',
  many: 'Embedding of {count, plural, one {# token} other {# tokens}}',
  lead: 'The word embedding that goes in; position and segment are added as usual. Copy a token onto itself to scale it.',
  untrained: 'Nobody trained this vector: what the model makes of it is an experiment.',
}
