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
  examples: 'Примеры',
  reset: 'Сброс',
  'reset.hint': 'Возвращает пример в исходном виде',
  undo: 'Отменить',
  redo: 'Вернуть',
  language: 'Язык',
  present: 'Показ',
  'present.end': 'Конец показа',
}

export default ru
