import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  dismiss: 'Закрыть',
  'error.found': 'найдено',
  'error.expected': 'ожидалось',
}

export default ru
