import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'example.pair': 'Два сегмента',
  'example.pair.look': 'Оба [SEP] разделяют сегменты; одно слово под [MASK].',
  loading: 'Загружается текстовая модель',
  running: 'Работает {model}',
  nothing: 'Пока ничего не запускалось',
  'nothing.hint': 'Введите текст или верните токен.',
  input: 'Текст',
  'input.format': 'Формат',
  'input.format.own': 'свой',
  'input.positions': 'Номера позиций',
  'input.positions.renumber': 'сдвигать @',
  'input.positions.renumber.hint': 'Позиции: при вставке токена следующие сдвигаются',
  'input.positions.keep': 'держать @',
  'input.positions.keep.hint': 'Позиции: текст сохраняет свои, вставленный токен берёт позицию соседа',
  'input.segment.add': 'Добавить сегмент',
  'input.segment': 'Сегмент {number}',
  'input.segment.remove': 'Убрать',
  'input.segment.remove.of': 'Убрать сегмент {number}',
  strip: 'Токены текста',
  'strip.clamped':
    '{count, plural, one {# позиция} few {# позиции} many {# позиций} other {# позиции}} за пределами таблицы модели: берётся последняя, {last}.',
  'strip.untrained': 'в этой модели не обучен',
  readouts: 'Ответы',
  'readouts.lead': 'Ответы о предложении читаются из {token}, строка {row}.',
  'readouts.nsp': 'Следует ли B за A?',
  'readouts.no': 'нет',
  'readouts.yes': 'да',
  'readouts.sentiment': 'Тональность',
}

export default ru
