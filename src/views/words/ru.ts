import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  dismiss: 'Закрыть',
  'error.found': 'найдено',
  'error.expected': 'ожидалось',
  'map.query': 'запрос',
  'map.key': 'ключ',
  'map.role': 'карта внимания',
  'map.spoken':
    '{name}: {count, plural, one {# запрос} few {# запроса} many {# запросов} other {# запроса}} на столько же ключей. Стрелки ходят по клеткам, Enter выбирает запрос, Shift+Enter — ключ.',
  'map.cell.none': '{query} и {key} есть не в обоих прогонах',
  'map.cell.blocked': 'запрос {query} не может читать {key}: {value}',
  'map.cell.reads': 'запрос {query} читает {key}: {value}',
  'map.no-value': 'для {query} и {key} значения нет',
  'map.may-not-read': '{query} не может читать {key}',
  'map.reads': '{query} читает {key}',
  'map.silent': 'ничего не читает',
  'map.zoom-in': 'Приблизить',
  'map.zoom-out': 'Отдалить',
  'map.fit': 'Целиком',
  'map.table': 'Таблица',
  'map.all-hidden': 'Все токены скрыты: покажите хотя бы один, чтобы увидеть карту.',
  'map.hidden':
    '{count, plural, one {# токен скрыт: модель его по-прежнему читает} few {# токена скрыто: модель их по-прежнему читает} many {# токенов скрыто: модель их по-прежнему читает} other {# токена скрыто: модель их по-прежнему читает}}, поэтому показанные строки не обязаны давать в сумме 1.',
}

export default ru
