import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'drawer.close': 'Закрыть',
  'drawer.wide': 'Шире',
  tools: 'Инструменты',
  'map.mode': 'Что показывает карта',
  'map.mode.now': 'сейчас',
  'map.mode.before': 'до',
  'map.mode.change': 'разница',
  'map.not-read': 'Этот слой не был считан; если его выбрать, модель запустится снова.',
  'map.title': 'Внимание, {name}',
  'python.copy': 'Копировать как Python',
  'atlas.title': 'Атлас',
  'atlas.lead':
    'Вниз — {layers, plural, one {# слой} few {# слоя} many {# слоёв} other {# слоя}}, вправо — {heads, plural, one {# голова} few {# головы} many {# голов} other {# головы}}.',
  'atlas.not-read': 'не считан',
  'atlas.entropy': 'энтропия {bits} бит',
  'atlas.entropy.mean': 'энтропия в среднем {bits} бит',
  'change.none-yet': 'Измените что-нибудь: здесь будет сказано, что изменилось.',
  'change.nothing': 'Последняя правка не сдвинула ни одну голову и на 0,5 % её внимания.',
  'change.head': 'Голова {head} слоя {layer}',
  'change.most':
    'сдвинулась сильнее всех: доля {lost} в её внимании — с {lostFrom} до {lostTo}, доля {gained} — с {gainedFrom} до {gainedTo}.',
}

export default ru
