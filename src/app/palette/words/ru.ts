import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  title: 'Найти что угодно',
  placeholder: 'Лаборатория, урок, пример, инструмент, модель …',
  nothing: 'Так ничего не называется ни по-русски, ни по-английски.',
  looking: 'Смотрим во все лаборатории …',
  more: '{count, plural, one {Подходит ещё #} few {Подходят ещё #} many {Подходит ещё #} other {Подходит ещё #}}: печатайте дальше.',
  keys: '↑ ↓ выбирают, Enter открывает, Esc закрывает. Находятся и русские, и английские названия.',
  'section.recent': 'Недавнее',
  'section.actions': 'Действия',
  'section.labs': 'Лаборатории',
  'section.lessons': 'Уроки',
  'section.examples': 'Примеры',
  'section.tools': 'Инструменты',
  'section.models': 'Модели',
  'section.settings': 'Настройки',
  'section.terms': 'Словарь',
  'lab.hint': 'лаборатория',
  'model.hint': 'в лаборатории «{lab}»',
  'keys.sheet': 'Клавиши',
  'about.names': 'версия, лицензии, модели, сообщить об ошибке, адаптер, пределы, библиотеки',
  'offline.names': 'хранилище, память, скачать, офлайн',
  'theme.names': 'цвета, тема, светлая, тёмная, контраст',
  'present.names': 'проектор, крупный шрифт, лекция',
  'language.names': 'язык, перевод',
  'link.names': 'поделиться, адрес, URL',
}

export default ru
