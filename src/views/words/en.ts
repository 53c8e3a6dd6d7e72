export const en = {
  dismiss: 'Dismiss',
  'error.found': 'found',
  'error.expected': 'expected',
  'map.query': 'query',
  'map.key': 'key',
  'map.role': 'attention map',
  'map.spoken':
    '{name}: {count, number} queries by {count, number} keys. Arrow keys walk the cells, Enter selects the query, Shift+Enter the key.',
  'map.cell.none': '{query} and {key} are not both in the two runs',
  'map.cell.blocked': 'query {query} may not read {key}: {value}',
  'map.cell.reads': 'query {query} reads {key}: {value}',
  'map.no-value': '{query} has no value for {key}',
  'map.may-not-read': '{query} may not read {key}',
  'map.reads': '{query} reads {key}',
  'map.silent': 'reads nothing',
  'map.zoom-in': 'Zoom in',
  'map.zoom-out': 'Zoom out',
  'map.fit': 'Fit',
  'map.table': 'Table',
  'map.all-hidden': 'Every token is hidden: show one to see the map.',
  'map.hidden':
    '{count, plural, one {1 token is hidden: the model still reads it} other {# tokens are hidden: the model still reads them}}, so the rows shown need not sum to 1.',
}
