import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  title: 'О модели {model}',
  terms: 'Условия',
  data: 'Данные',
  recipe: 'Рецепт',
  figures: 'Показатели',
  limits: 'Границы',
  shaped: 'Задано или само',
  reading: 'Читается карточка …',
  readme: 'Вся карточка',
  config: 'Что сказано в её config',
  'config.none': 'README, который можно было бы здесь прочитать, у неё нет: данные, показатели и границы неизвестны.',
  'config.type': 'Вид',
  'config.size': 'Размер',
  'config.size.of':
    'параметров: {parameters}; {layers, plural, one {# слой} few {# слоя} many {# слоёв} other {# слоя}} по {heads, plural, one {# голове} few {# головы} many {# голов} other {# головы}}, ширина {width}, внутренний слой {feedForward}',
  'config.vocabulary': 'Словарь',
  'config.vocabulary.of': 'частей слов: {pieces}, не больше {tokens} токенов',
  'config.picture': 'Картинка',
  'config.picture.of':
    '{height} × {width} пикселей, патчи по {patch}, {registers, plural, =0 {без регистров} one {# регистр} few {# регистра} many {# регистров} other {# регистра}}',
  'config.heads': 'Ответы',
  'config.heads.none': 'нет',
  'config.heads.other': 'Головы, которые не запускаются',
  'config.from': 'Откуда',
  'config.from.embedded': 'эта страница',
  'config.from.hub': 'хаб: {address}',
  'config.from.url': '{address}',
  'config.from.files': 'файлы этого компьютера; они остаются на нём',
  'answers.words': 'слова под [MASK]',
  'answers.tokens': 'для каждого токена: {names}',
  'answers.more': 'и ещё {count}',
  'readme.says': 'Что сказано в её README',
}

export default ru
