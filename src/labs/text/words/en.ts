export const en = {
  'example.pair': 'Two segments',
  'example.pair.look': 'Both [SEP] part the segments; a word is under [MASK].',
}
