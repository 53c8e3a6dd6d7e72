import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  title: 'Ссылка QR-кодом',
  code: 'QR-код ссылки, которая стоит ниже',
  copy: 'Скопировать ссылку',
  length: '{length, plural, one {# знак} few {# знака} many {# знаков} other {# знака}}',
  long: 'Некоторые программы обрезают ссылки длиннее {usual} знаков. Эту удлиняет «{part}»: {share} % её содержимого.',
  'no.code':
    'QR-код вмещает {most} знака, а в этой ссылке их {length}. Скопируйте её или возьмите образец вместо своего.',
}

export default ru
