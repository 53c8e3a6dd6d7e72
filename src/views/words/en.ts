export const en = {
  dismiss: 'Dismiss',
  'error.found': 'found',
  'error.expected': 'expected',
}
