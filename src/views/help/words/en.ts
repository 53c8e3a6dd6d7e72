export const en = {
  source: '{count, plural, one {Source:} other {Sources:}}',
  'source.opens': '{source} (opens in a new tab)',
}
