import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  open: 'Открыть в CLSroom',
  start: 'Запустить CLSroom',
}

export default ru
