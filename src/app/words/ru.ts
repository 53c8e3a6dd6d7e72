import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  title: '{lab} · CLSroom',
  'lab.title': 'Лаборатория: {lab}',
  'link.copy': 'Копировать ссылку',
  reload: 'Перезагрузить',
  'lab.again': 'Показать лабораторию снова',
  retry: 'Повторить',
  examples: 'Примеры',
  reset: 'Сбросить',
  'reset.hint': 'Возвращает пример в исходном виде',
  undo: 'Отменить',
  redo: 'Вернуть',
  language: 'Язык',
  present: 'Показ',
  'present.end': 'Закончить показ',
}

export default ru
