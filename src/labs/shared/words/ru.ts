import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'drawer.close': 'Закрыть',
}

export default ru
