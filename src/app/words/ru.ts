import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  title: '{lab} · CLSroom',
  'lab.title': 'Лаборатория: {lab}',
  'link.copy': 'Ссылка',
  'try.gpu': 'Проверить GPU сейчас',
  'try.wasm': 'Повторить',
  reload: 'Перезагрузить',
  'lab.again': 'Показать лабораторию снова',
  retry: 'Повторить',
  course: 'Курс',
  page: 'Язык, цвета и другое',
  update: 'Готова более новая версия страницы.',
  'update.now': 'Открыть сейчас',
  offline: 'Без сети',
  'offline.lead':
    'Страница, модели лабораторий «Текст» и «Зрение» и образцы хранятся на этой машине с первого посещения. Модели других лабораторий сохраняются, когда их открывают, или все сразу здесь.',
  'offline.cannot': 'Здесь этот браузер страниц не хранит: нужен адрес с https и не приватное окно.',
  'offline.size': '{size} МБ',
  'offline.kept': 'сохранена',
  'offline.not': 'из сети',
  'offline.keep': 'Сохранить остальные ({size} МБ)',
  'offline.all': 'Сохранены все',
  'offline.stop': 'Остановить',
  'offline.storage': 'Страница хранит {used} МБ из {quota} МБ, которые разрешает браузер.',
  'offline.persisted': 'Браузер обещал их беречь.',
  'offline.clearable': 'Браузер может их удалить, когда не хватает места.',
  examples: 'Примеры',
  reset: 'Сброс',
  'reset.hint': 'Возвращает пример в исходном виде',
  undo: 'Отменить',
  redo: 'Вернуть',
  language: 'Язык',
  share: 'Ссылка QR-кодом',
  present: 'Показ',
}

export default ru
