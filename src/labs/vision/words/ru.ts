import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'example.bird': 'Птица',
  'example.bird.look': 'Что [CLS] читает на снимке.',
  loading: 'Загружается модель зрения',
  running: 'Работает {model}',
  nothing: 'Пока ничего не запускалось',
  'nothing.hint': 'Выберите образец или перетащите сюда снимок.',
  input: 'Снимок',
  strip: 'Токены снимка',
  'strip.patches': '{count, plural, one {# патч} few {# патча} many {# патчей} other {# патча}}',
  'strip.cls': 'копия обученного',
  'strip.register': 'не обучен',
  photo: 'Снимок',
  'photo.reads': 'Что {asker} читает на снимке',
  'photo.mode': 'Что делать со снимком',
  'photo.mode.look': 'Смотреть',
  'photo.mode.crop': 'Обрезать',
  'photo.mode.paint': 'Рисовать',
  readouts: 'Ответы',
  'readouts.classifier': 'Класс по [CLS]',
  'readouts.average': 'Класс по среднему патчей',
  'readouts.attention': 'Класс по пулингу вниманием',
  film: 'Слой за слоем',
}

export default ru
