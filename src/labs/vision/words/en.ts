export const en = {
  'example.bird': 'A bird',
  'example.bird.look': 'What [CLS] reads in the photo.',
}
