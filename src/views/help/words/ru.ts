import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  source: '{count, plural, one {Источник:} few {Источники:} many {Источники:} other {Источники:}}',
  'source.opens': '{source} (откроется в новой вкладке)',
}

export default ru
