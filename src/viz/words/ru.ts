import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  layer: 'слой {layer}',
  head: 'голова {head}',
  'unit.ms': '{value} мс',
  'unit.s': '{value} с',
  'unit.B': '{value} Б',
  'unit.kB': '{value} кБ',
  'unit.MB': '{value} МБ',
  'unit.GB': '{value} ГБ',
  'group.punctuation': 'знаки препинания',
  'group.word': 'слова',
  'group.patch': 'патчи',
  'group.asset': 'активы',
  'kind.cls': 'собирает весь вход',
  'kind.sep': 'завершает сегмент',
  'kind.pad': 'дополняет до длины',
  'kind.unk': 'заменяет неизвестное',
  'kind.mask': 'для предсказания',
  'kind.bos': 'начинает последовательность',
  'kind.eos': 'завершает последовательность',
  'kind.eosent': 'завершает предложение',
  'kind.distill': 'учится у учителя',
  'kind.register': 'рабочая память',
  'kind.memory': 'переносимая память',
  'kind.det': 'по одному на объект',
  'kind.image': 'заменяет изображение',
  'kind.audio': 'заменяет звук',
  'kind.frame': 'один кадр видео',
  'kind.align': 'связывает две модальности',
  'kind.switch': 'переключает модальность',
  'kind.word': 'часть текста',
  'kind.patch': 'часть изображения',
  'kind.asset': 'актив портфеля',
  'fact.share': 'В слое {layer} на {group} приходится {share} всего внимания (токенов: {count} из {total}, {part}).',
  'fact.trend.rises': 'Внимание на {group}: от слоя {first} к слою {last} доля растёт с {from} до {to}.',
  'fact.trend.falls': 'Внимание на {group}: от слоя {first} к слою {last} доля падает с {from} до {to}.',
  'fact.sink.token': '{token} (строка {row})',
  'fact.sink.one': 'Одна голова из {heads} отдаёт не меньше половины внимания одному токену: {token}.',
  'fact.sink.always':
    'Головы, которые отдают не меньше половины внимания одному токену: {count} из {heads}; это всегда {token}.',
  'fact.sink.most':
    'Головы, которые отдают не меньше половины внимания одному токену: {count} из {heads}; для {times} из них это {token}.',
  'fact.narrow':
    'Слой {layer}, голова {head} читает уже всех: {bits} бита, как если бы каждый запрос поровну читал {tokens} токена.',
  'fact.wide':
    'Слой {layer}, голова {head} читает шире всех: {bits} бита, как если бы каждый запрос поровну читал {tokens} токена.',
}

export default ru
