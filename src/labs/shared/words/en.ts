export const en = {
  'drawer.close': 'Close',
}
