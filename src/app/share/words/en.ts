export const en = {
  title: 'Link as a QR code',
  code: 'QR code of the link below',
  copy: 'Copy the link',
  length: '{length, plural, one {# character} other {# characters}}',
  long: 'Some programs cut links of more than {usual} characters. What makes this one long is “{part}”: {share} % of what it holds.',
  'no.code':
    'A QR code holds {most} characters, and this link has {length}. Copy it instead, or choose a sample in the place of what is your own.',
}
