import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'example.bird': 'Птица',
  'example.bird.look': 'Что [CLS] читает на снимке.',
}

export default ru
