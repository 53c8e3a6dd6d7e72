import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  title: 'О CLSroom',
  lead: 'Класс в браузере, где изучают специальные токены трансформеров. Версия {version}, лицензия MIT. С вашей машины ничего не уходит.',
  report: 'Отчёт об ошибке',
  'report.lead':
    'Что здесь работает и как — в Markdown, чтобы вставить туда, где вы сообщаете об ошибке. Того, что вы набрали или бросили на страницу, в нём нет.',
  'report.link': 'вместе со ссылкой: в ней текст или фотография',
  'report.copy': 'Скопировать отчёт',
  'report.text': 'Отчёт',
  'report.making': 'Спрашиваем движок …',
  models: 'Модели и их данные',
  'models.lead': 'Обучены с нуля для этой страницы; того, что они читали, в ней нет.',
  'model.size': '{architecture}, параметров: {parameters}, {size} МБ',
  'model.data': 'Данные',
  'model.terms': 'Условия',
  'model.card': 'Вся карточка',
  samples: 'Картинки, тексты и цены',
  'samples.lead': 'У каждого образца условия его автора.',
  'samples.author': 'Автор',
  'samples.licence': 'Лицензия',
  'samples.file': 'Файл',
  'samples.readme': 'Откуда каждый и что с ним сделали',
  fonts: 'Шрифт',
  'fonts.lead': 'Atkinson Hyperlegible Next и Mono, Braille Institute, лицензия SIL Open Font License 1.1.',
  libraries: 'Библиотеки',
  'libraries.lead':
    'Страница собрана из {count, plural, one {# пакета} few {# пакетов} many {# пакетов} other {# пакета}} вместе с тем, что они приносят.',
  'libraries.texts': 'Тексты их лицензий',
  'libraries.reading': 'Читаем лицензии …',
}

export default ru
