import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'example.pair': 'Два сегмента',
  'example.pair.look': 'Оба [SEP] разделяют сегменты; одно слово под [MASK].',
}

export default ru
